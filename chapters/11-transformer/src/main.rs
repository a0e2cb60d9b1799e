//! The experiment of chapter 11: `cargo run --release -p transformer`.
//!
//! A Transformer learns to translate numbers between digits, English and German; then parts of it are taken out.

use anyhow::Result;
use deep_networks::{FitError, Optimiser, Rule, WarmupCosine, fit, gradient_of};
use dfdx::prelude::{Backward, BuildModule, Cpu, NoneTape, NumParams, OwnedTape};
use multi_head::padding_masks;
use rayon::prelude::*;
use tensors::figures::save;
use tensors::plot::{Chart, HeatMap};
use tensors::seeds;
use transformer::decode::{beam, greedy};
use transformer::number_words::{Language, Pair, VOCAB, pair, random_pair, word};
use transformer::{Design, Pairs, Place, Transformer, rate_2017, smoothed_cross_entropy};

const CHAPTER: &str = "transformer";
/// No text of the task is longer.
const LONGEST: usize = 12;
const STEPS: usize = 4000;

type Deep<const LAYERS: usize> = Transformer<VOCAB, 64, 4, 16, 128, LAYERS, f32, Cpu>;
type Model = Deep<2>;

fn main() -> Result<()> {
    let whole = Design::default();
    println!("{} parameters", Model::build(&Cpu::default()).num_trainable_params());
    let (smoothed, sharp) = rayon::join(|| train(whole, STEPS, 0.1), || train(whole, STEPS, 0.0));
    let ((model, _), (sharp, _)) = (smoothed?, sharp?);
    let held_out = draw(1000, true, 2);
    println!("{STEPS} steps of 16 pairs; share of 1000 held-out pairs translated without a mistake:");
    println!("  with label smoothing 0.1   {:.3}", exact(&model, whole, &held_out));
    println!("  without                    {:.3}", exact(&sharp, whole, &held_out));
    searches(&model, &held_out[..200]);
    examples(&model);
    looks(&model)?;
    ablations()?;
    depths()?;
    schedule()
}

fn draw(count: usize, held_out: bool, seed: u64) -> Vec<Pair> {
    let mut rng = seeds::generator(seed);
    (0..count).map(|_| random_pair(held_out, &mut rng)).collect()
}

/// Trains on pairs that are not held out; returns the model and the loss of every step.
fn train(design: Design, steps: usize, smoothing: f64) -> Result<(Model, Vec<f64>), FitError> {
    let mut model = Model::build(&Cpu::default());
    model.initialise(1);
    let mut rng = seeds::generator(1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.98] }, &Cpu::default());
    let schedule = WarmupCosine { peak: 0.003, floor: 0.000_15, warmup: 100, steps };
    let mut losses = Vec::new();
    let loss = |model: &Model, _| {
        let pairs: Vec<Pair> = (0..16).map(|_| random_pair(false, &mut rng)).collect();
        let batch = Pairs::from(&pairs[..]);
        let targets: Vec<usize> = batch.targets.iter().map(|target| target.1).collect();
        smoothed_cross_entropy(model.forward(&batch, design, OwnedTape::default()), &targets, smoothing)
    };
    let watch = |_: &Model, _, loss| {
        losses.push(loss);
        true
    };
    fit(&mut model, &mut optimiser, &schedule, 1.0, loss, watch)?;
    Ok((model, losses))
}

/// The logarithms of the next token's probabilities after each of some beginnings of equal length, one for each source.
fn next<'a>(
    model: &'a Model,
    design: Design,
    sources: &Pairs,
) -> impl Fn(&[Vec<usize>]) -> Vec<Vec<f64>> + use<'a> {
    let memory = model.encode(&sources.sources, &sources.source_lengths, design, NoneTape);
    let lengths = sources.source_lengths.clone();
    move |texts| {
        let len = texts[0].len();
        let scores = model.decode(&texts.concat(), memory.clone(), &lengths, design);
        let log_p = scores.log_softmax::<dfdx::prelude::Axis<1>>().as_vec();
        let last = |row: usize| &log_p[((row + 1) * len - 1) * VOCAB..(row + 1) * len * VOCAB];
        (0..texts.len()).map(|row| last(row).iter().map(|&x| x.into()).collect()).collect()
    }
}

/// The share of pairs that are translated without a mistake.
fn exact(model: &Model, design: Design, pairs: &[Pair]) -> f64 {
    let written = greedy(next(model, design, &Pairs::from(pairs)), pairs.len(), LONGEST);
    written.iter().zip(pairs).filter(|(own, pair)| **own == pair.target).count() as f64 / pairs.len() as f64
}

/// Beam search against greedy.
fn searches(model: &Model, pairs: &[Pair]) {
    let (mut more_likely, mut right) = (0, 0);
    for one in pairs {
        // Every beam is a row with the same source.
        let search = |width: usize| {
            let all: Vec<Pair> = vec![one.clone(); width];
            let next = next(model, Design::default(), &Pairs::from(&all[..]));
            let filled = |texts: &[Vec<usize>]| {
                let mut rows = texts.to_vec();
                rows.resize(width, texts[0].clone());
                let mut log_p = next(&rows);
                log_p.truncate(texts.len());
                log_p
            };
            beam(filled, width, LONGEST)
        };
        let (one_wide, four_wide) = (search(1), search(4));
        more_likely += usize::from(four_wide.1 > one_wide.1 + 1e-6);
        right += usize::from(four_wide.0 == one.target);
    }
    println!(
        "beam search of width 4 on {} of them: {right} right, a more likely text than greedy {more_likely} times",
        pairs.len()
    );
}

fn text(ids: &[usize]) -> String {
    ids.iter().map(|&id| word(id)).collect::<Vec<_>>().join(" ")
}

fn examples(model: &Model) {
    use Language::{Digits, English, German};
    for (number, from, into) in
        [(47_305, German, Digits), (90_018, Digits, English), (62_041, English, German)]
    {
        let one = pair(number, from, into);
        let written = greedy(next(model, Design::default(), &Pairs::from(&[one.clone()][..])), 1, LONGEST);
        println!("  {}  →  {}", text(&one.source), text(&written[0]));
    }
}

/// Where the decoder looks in the source while it writes: the mean over the heads of its last layer.
fn looks(model: &Model) -> Result<()> {
    let design = Design::default();
    let one = pair(68_427, Language::German, Language::Digits);
    let batch = Pairs::from(&[one.clone()][..]);
    let (keys, len) = (one.source.len(), batch.inputs.len());
    let memory = model.encode(&batch.sources, &batch.source_lengths, design, NoneTape);
    let dev = Cpu::default();
    let (masks, source_masks) =
        (padding_masks(&dev, &[len], len, len, true), padding_masks(&dev, &[keys], len, keys, false));
    let x = model.embed(&batch.inputs, len, design, NoneTape);
    let both = (Some(&masks), Some(&source_masks));
    let layers = &model.decoder.modules;
    let x = layers[0].run(x, &memory, both, design, &mut deep_networks::Dropout::off());
    let weights = layers[1].looks(x, &memory, both, design).as_vec();
    let mean = |i: usize, j: usize| {
        (0..4).map(|head| f64::from(weights[(head * len + i) * keys + j])).sum::<f64>() / 4.0
    };
    let rows = (0..len).map(|i| (0..keys).map(|j| mean(i, j)).collect()).collect();
    let writes = one.target.iter().map(|&id| word(id)).chain(["end"]).map(|word| format!("writes {word}"));
    let figure = HeatMap::new("Where the decoder looks", rows)
        .rows(writes)
        .cols(one.source.iter().map(|&id| word(id)));
    Ok(save(CHAPTER, "looks", &figure.draw()?)?)
}

/// What each part is for.
fn ablations() -> Result<()> {
    const SHORT: usize = 1500;
    let whole = Design::default();
    let designs = [
        ("everything", whole),
        ("post-norm", Design { place: Place::After, ..whole }),
        ("no residual", Design { residual: false, ..whole }),
        ("no norm", Design { norm: false, ..whole }),
        ("no positions", Design { positions: false, ..whole }),
        ("no feed-forward", Design { feed_forward: false, ..whole }),
    ];
    let held_out = draw(500, true, 3);
    let found: Vec<(String, Vec<f64>)> = designs
        .par_iter()
        .map(|&(name, design)| match train(design, SHORT, 0.1) {
            Ok((model, losses)) => {
                let last = losses[SHORT - 100..].iter().sum::<f64>() / 100.0;
                (format!("  {name:<16} {last:.2}  {:.2}", exact(&model, design, &held_out)), losses)
            }
            Err(stopped) => (format!("  {name:<16} {stopped}"), Vec::new()),
        })
        .collect();
    println!("after {SHORT} steps: loss of the last 100, share of held-out pairs right:");
    let mut chart =
        Chart::new("What each part is for", "step", "loss").x_range(0.0, 2050.0).y_range(0.5, 5.0);
    for ((name, _), (line, losses)) in designs.iter().zip(&found) {
        println!("{line}");
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        chart =
            chart.line(name, losses.chunks(25).enumerate().map(|(i, part)| (25.0 * i as f64, mean(part))));
    }
    Ok(save(CHAPTER, "ablations", &chart.draw()?)?)
}

/// The gradient at each layer of a deep decoder before training, with norms before and after.
fn depths() -> Result<()> {
    const LAYERS: usize = 12;
    let batch = Pairs::from(&draw(32, false, 4)[..]);
    let targets: Vec<usize> = batch.targets.iter().map(|target| target.1).collect();
    let mut chart =
        Chart::new("The gradient before training", "layer of the decoder", "length of the gradient")
            .x_range(1.0, 16.0)
            .log_y();
    for (name, place) in [("pre-norm", Place::Before), ("post-norm", Place::After)] {
        let mut model = Deep::<LAYERS>::build(&Cpu::default());
        model.initialise(1);
        let design = Design { place, ..Design::default() };
        let loss = smoothed_cross_entropy(model.forward(&batch, design, OwnedTape::default()), &targets, 0.0);
        let gradient = gradient_of(&model, &mut loss.backward());
        let lengths: Vec<f64> = gradient
            .decoder
            .modules
            .iter()
            .map(|layer| {
                layer
                    .feed_forward
                    .down
                    .weight
                    .as_vec()
                    .iter()
                    .map(|&x| f64::from(x).powi(2))
                    .sum::<f64>()
                    .sqrt()
            })
            .collect();
        println!(
            "{name}: gradient of layer 1 {:.4}, of layer {LAYERS} {:.4}",
            lengths[0],
            lengths[LAYERS - 1]
        );
        chart = chart.line(name, lengths.iter().enumerate().map(|(i, &length)| ((i + 1) as f64, length)));
    }
    Ok(save(CHAPTER, "depth", &chart.draw()?)?)
}

/// The learning rate of 2017.
fn schedule() -> Result<()> {
    let steps = || (1..=200).map(|i| i * 100);
    let chart = Chart::new("The learning rate of 2017 (model of 512, warm-up of 4000)", "step", "rate")
        .line("", steps().map(|step| (step as f64, rate_2017(step, 512, 4000))));
    Ok(save(CHAPTER, "schedule", &chart.draw()?)?)
}
