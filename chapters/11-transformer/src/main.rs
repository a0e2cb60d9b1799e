//! The experiment of chapter 11: `cargo run --release -p transformer`.
//!
//! A Transformer learns to translate numbers between digits, English and German; then parts of it
//! are taken out.

use anyhow::Result;
use deep_networks::{FitError, Optimiser, Rule, WarmupCosine, fit, gradient_of};
use dfdx::prelude::{Backward, BuildModule, Cpu, NoneTape, NumParams, OwnedTape, Rank0, Tensor};
use figures::{Chart, Diagram, HeatMap, save};
use language_models::story;
use multi_head::padding_masks;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use tensors::seeds;
use transformer::decode::{beam, greedy};
use transformer::families::{HIDDEN_TOKEN, Stack, hide};
use transformer::number_words::{Language, Pair, START, VOCAB, pair, random_pair, word};
use transformer::{Design, Pairs, Place, Transformer, rate_2017, sizes, smoothed_cross_entropy};

const CHAPTER: &str = "transformer";
/// No text of the task is longer.
const LONGEST: usize = 12;
const STEPS: usize = 4000;

sizes!(NumberWords<const LAYERS> {
    vocab: VOCAB, context: LONGEST, model: 64, heads: 4, head_dim: 16, hidden: 128, layers: LAYERS
});
type Deep<const LAYERS: usize> = Transformer<NumberWords<LAYERS>, f32, Cpu>;
type Model = Deep<2>;

fn main() -> Result<()> {
    let whole = Design::default();
    println!("{} parameters", Model::build(&Cpu::default()).num_trainable_params());
    architecture()?;
    let (smoothed, sharp) = rayon::join(|| train::<2>(whole, STEPS, 0.1), || train::<2>(whole, STEPS, 0.0));
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
    deep_training()?;
    schedule()?;
    families()
}

fn draw(count: usize, held_out: bool, seed: u64) -> Vec<Pair> {
    let mut rng = seeds::generator(seed);
    (0..count).map(|_| random_pair(held_out, &mut rng)).collect()
}

/// Trains on pairs that are not held out; returns the model and the loss of every step.
fn train<const LAYERS: usize>(
    design: Design,
    steps: usize,
    smoothing: f64,
) -> Result<(Deep<LAYERS>, Vec<f64>), FitError> {
    let mut model = Deep::<LAYERS>::build(&Cpu::default());
    model.initialise(1);
    let mut rng = seeds::generator(1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.98] }, &Cpu::default());
    let schedule = WarmupCosine { peak: 0.003, floor: 0.000_15, warmup: 100, steps };
    let mut losses = Vec::new();
    let loss = |model: &Deep<LAYERS>, _| {
        let pairs: Vec<Pair> = (0..16).map(|_| random_pair(false, &mut rng)).collect();
        let batch = Pairs::from(&pairs[..]);
        let targets: Vec<usize> = batch.targets.iter().map(|target| target.1).collect();
        smoothed_cross_entropy(model.forward(&batch, design, OwnedTape::default()), &targets, smoothing)
    };
    let watch = |_: &Deep<LAYERS>, _, loss| {
        losses.push(loss);
        true
    };
    fit(&mut model, &mut optimiser, &schedule, 1.0, loss, watch)?;
    Ok((model, losses))
}

/// The logarithms of the next token's probabilities after each of some beginnings of equal length,
/// one for each source.
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

/// Where the decoder looks in the source while it writes: the mean over the heads of its last
/// layer.
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
        .map(|&(name, design)| match train::<2>(design, SHORT, 0.1) {
            Ok((model, losses)) => {
                let last = losses[SHORT - 100..].iter().sum::<f64>() / 100.0;
                (format!("  {name:<16} {last:.2}  {:.2}", exact(&model, design, &held_out)), losses)
            }
            Err(stopped) => (format!("  {name:<16} {stopped}"), Vec::new()),
        })
        .collect();
    println!("after {SHORT} steps: loss of the last 100, share of held-out pairs right:");
    let mut chart = Chart::new("What each part is for", "step", "loss").y_range(0.5, 5.0);
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
            .log_y();
    for (name, place) in [("pre-norm", Place::Before), ("post-norm", Place::After)] {
        let mut model = Deep::<LAYERS>::build(&Cpu::default());
        model.initialise(1);
        let design = Design { place, ..Design::default() };
        let loss =
            smoothed_cross_entropy(model.forward(&batch, design, OwnedTape::default()), &targets, 0.0);
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

/// Whether deep stacks train, with norms before and after.
fn deep_training() -> Result<()> {
    const SHORT: usize = 400;
    type Losses = Result<Vec<f64>, FitError>;
    type Run = (&'static str, fn(Place) -> Losses, Place);
    fn losses<const LAYERS: usize>(place: Place) -> Losses {
        Ok(train::<LAYERS>(Design { place, ..Design::default() }, SHORT, 0.1)?.1)
    }
    // The deepest first, so that both threads end at about the same time.
    let runs: [Run; 6] = [
        ("pre-norm 12", losses::<12>, Place::Before),
        ("post-norm 12", losses::<12>, Place::After),
        ("pre-norm 6", losses::<6>, Place::Before),
        ("post-norm 6", losses::<6>, Place::After),
        ("pre-norm 2", losses::<2>, Place::Before),
        ("post-norm 2", losses::<2>, Place::After),
    ];
    let found: Vec<Losses> = runs.par_iter().map(|(_, train, place)| train(*place)).collect();
    println!("depth and the place of the norm: loss of the last 50 of {SHORT} steps:");
    let mut chart = Chart::new("Depth, and the place of the norm", "step", "loss");
    for ((name, ..), losses) in runs.iter().zip(found) {
        let losses = losses?;
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        println!("  {name:<14} {:.2}", mean(&losses[SHORT - 50..]));
        chart =
            chart.line(name, losses.chunks(20).enumerate().map(|(i, part)| (20.0 * i as f64, mean(part))));
    }
    Ok(save(CHAPTER, "deep_training", &chart.draw()?)?)
}

/// The whole model of 2017. The stream runs upwards outside, what is added to it is computed
/// inside; every box links to its file.
fn architecture() -> Result<()> {
    const STREAM: usize = 0;
    const ATTENTION: usize = 1;
    const NORM: usize = 2;
    const THINKING: usize = 3;
    let mut diagram = Diagram::new("The Transformer of 2017, its norms moved to the front");
    let mut place = |column: f64, row: f64, kind: usize, text: &str, file: &str| {
        let node = diagram.node(column, row, kind, text);
        diagram.link(node, &format!("code/chapters/{file}.html"));
        node
    };
    let [words, seq2seq] = ["number_words", "seq2seq"].map(|file| format!("11-transformer/src/{file}.rs"));
    let (norm, add) = ("11-transformer/src/layer_norm.rs", "11-transformer/src/design.rs");
    let (heads, think) = ("09-multi-head/src/multi_head.rs", "11-transformer/src/feed_forward.rs");
    let positions = "10-positions/src/sinusoidal.rs";

    let source = place(0.0, 10.0, STREAM, "source tokens", &words);
    let read = place(0.0, 9.0, STREAM, "vectors\n+ positions", positions);
    let enc_norm1 = place(1.0, 8.0, NORM, "layer norm", norm);
    let enc_attention = place(1.0, 7.0, ATTENTION, "self-attention\nto all", heads);
    let enc_add1 = place(0.0, 7.0, STREAM, "+", add);
    let enc_norm2 = place(1.0, 6.0, NORM, "layer norm", norm);
    let enc_think = place(1.0, 5.0, THINKING, "feed-forward", think);
    let enc_add2 = place(0.0, 5.0, STREAM, "+", add);
    let memory = place(1.0, 4.0, NORM, "layer norm", norm);

    let target = place(3.0, 10.0, STREAM, "target, one\nplace later", &seq2seq);
    let write = place(3.0, 9.0, STREAM, "vectors\n+ positions", positions);
    let dec_norm1 = place(2.0, 8.0, NORM, "layer norm", norm);
    let dec_attention = place(2.0, 7.0, ATTENTION, "self-attention\nto the past", heads);
    let dec_add1 = place(3.0, 7.0, STREAM, "+", add);
    let dec_norm2 = place(2.0, 6.0, NORM, "layer norm", norm);
    let cross = place(2.0, 5.0, ATTENTION, "attention to\nthe source", heads);
    let dec_add2 = place(3.0, 5.0, STREAM, "+", add);
    let dec_norm3 = place(2.0, 4.0, NORM, "layer norm", norm);
    let dec_think = place(2.0, 3.0, THINKING, "feed-forward", think);
    let dec_add3 = place(3.0, 3.0, STREAM, "+", add);
    let last = place(3.0, 2.0, NORM, "layer norm", norm);
    let scores = place(3.0, 1.0, THINKING, "next token's\nscores", &seq2seq);
    let loss = place(2.0, 1.0, THINKING, "smoothed\ncross-entropy", "11-transformer/src/smoothing.rs");
    let search = place(2.0, 0.0, THINKING, "greedy or\nby beams", "11-transformer/src/decode.rs");

    for (from, to) in [
        (source, read),
        (read, enc_norm1),
        (enc_norm1, enc_attention),
        (read, enc_add1),
        (enc_attention, enc_add1),
        (enc_add1, enc_norm2),
        (enc_norm2, enc_think),
        (enc_add1, enc_add2),
        (enc_think, enc_add2),
        (enc_add2, memory),
        (memory, cross),
        (target, write),
        (write, dec_norm1),
        (dec_norm1, dec_attention),
        (write, dec_add1),
        (dec_attention, dec_add1),
        (dec_add1, dec_norm2),
        (dec_norm2, cross),
        (dec_add1, dec_add2),
        (cross, dec_add2),
        (dec_add2, dec_norm3),
        (dec_norm3, dec_think),
        (dec_add2, dec_add3),
        (dec_think, dec_add3),
        (dec_add3, last),
        (last, scores),
        (scores, loss),
        (scores, search),
    ] {
        diagram.arrow(from, to, "");
    }
    Ok(save(CHAPTER, "architecture", &diagram.draw()?)?)
}

/// The learning rate of 2017.
fn schedule() -> Result<()> {
    let steps = || (1..=200).map(|i| i * 100);
    let chart = Chart::new("The learning rate of 2017 (model of 512, warm-up of 4000)", "step", "rate")
        .line("", steps().map(|step| (step as f64, rate_2017(step, 512, 4000))));
    Ok(save(CHAPTER, "schedule", &chart.draw()?)?)
}

const CHARACTERS: usize = 128; // ASCII
const TEXT: usize = 48;
sizes!(Characters<const LAYERS> {
    vocab: CHARACTERS, context: TEXT, model: 64, heads: 4, head_dim: 16, hidden: 128, layers: LAYERS
});
type Family = Stack<Characters<2>, f32, Cpu>;
type Translator = Transformer<Characters<1>, f32, Cpu>;

/// Characters as ids, and back; a hidden one is shown as a low line.
fn ids(text: &str) -> Vec<usize> {
    text.bytes().map(usize::from).collect()
}

fn shown(ids: &[usize]) -> String {
    ids.iter().map(|&id| if id == HIDDEN_TOKEN { '_' } else { char::from(id as u8) }).collect()
}

/// The three families on the same stories: what each is trained on, and what it can do.
fn families() -> Result<()> {
    let corpus = story::corpus(300_000, 1);
    let [text, held_out] = [&corpus.train, &corpus.held_out].map(|text| ids(&text.replace('\n', " ")));
    let windows = |text: &[usize], rows: usize, length: usize, rng: &mut ChaCha8Rng| -> Vec<usize> {
        (0..rows)
            .flat_map(|_| {
                text[rng.gen_range(0..(text.len() - length) as u32) as usize..][..length].to_vec()
            })
            .collect()
    };
    let halves = |rows: &[usize]| -> Vec<Pair> {
        rows.chunks(TEXT)
            .map(|row| Pair { source: row[..TEXT / 2].to_vec(), target: row[TEXT / 2..].to_vec() })
            .collect()
    };
    let whole = Design::default();
    let bits = |loss: f32| f64::from(loss) / std::f64::consts::LN_2;
    let judged = windows(&held_out, 64, TEXT, &mut seeds::generator(2));

    let encoder = || -> Result<(Family, f64), FitError> {
        let (mut rng, mut gaps) = (seeds::generator(1), seeds::generator(2));
        let loss = |model: &Family| {
            model.masked_loss(&windows(&text, 16, TEXT, &mut rng), TEXT, OwnedTape::default(), &mut gaps)
        };
        let model = train_family(loss)?;
        let bits = bits(model.masked_loss(&judged, TEXT, NoneTape, &mut seeds::generator(3)).as_vec()[0]);
        Ok((model, bits))
    };
    let decoder = || -> Result<(Family, f64), FitError> {
        let mut rng = seeds::generator(1);
        let loss = |model: &Family| {
            model.next_loss(&windows(&text, 16, TEXT, &mut rng), TEXT - 1, OwnedTape::default())
        };
        let model = train_family(loss)?;
        let bits = bits(model.next_loss(&judged, TEXT - 1, NoneTape).as_vec()[0]);
        Ok((model, bits))
    };
    let both = || -> Result<(Translator, f64), FitError> {
        let mut model = Translator::build(&Cpu::default());
        model.initialise(1);
        let mut rng = seeds::generator(1);
        let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.98] }, &Cpu::default());
        let loss_of = |model: &Translator, rows: &[usize]| {
            let batch = Pairs::from(&halves(rows)[..]);
            let targets: Vec<usize> = batch.targets.iter().map(|target| target.1).collect();
            smoothed_cross_entropy(model.forward(&batch, whole, OwnedTape::default()), &targets, 0.0)
        };
        let loss = |model: &Translator, _| loss_of(model, &windows(&text, 16, TEXT, &mut rng));
        fit(&mut model, &mut optimiser, &FAMILY_SCHEDULE, 1.0, loss, |_, _, _| true)?;
        let bits = bits(loss_of(&model, &judged).as_vec()[0]);
        Ok((model, bits))
    };
    let (encoder, (decoder, both)) = rayon::join(encoder, || rayon::join(decoder, both));
    let ((encoder, encoder_bits), (decoder, decoder_bits), (both, both_bits)) = (encoder?, decoder?, both?);
    println!(
        "three families on stories, {} steps each; bits for each character to be guessed, held out:",
        FAMILY_SCHEDULE.steps
    );
    println!("  encoder alone, hidden characters from both sides   {encoder_bits:.2}");
    println!("  decoder alone, the next character from the left    {decoder_bits:.2}");
    println!("  encoder and decoder, second half from the first    {both_bits:.2}");

    let beginning = &judged[..TEXT];
    let (with_gaps, gaps) = hide(beginning, 0.2, &mut seeds::generator(5));
    let best = |scores: &[f32]| {
        (0..CHARACTERS).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).expect("128 scores")
    };
    let scores = encoder.forward(&with_gaps, TEXT, false, NoneTape).as_vec();
    let mut filled = with_gaps.clone();
    for gap in gaps {
        filled[gap] = best(&scores[gap * CHARACTERS..(gap + 1) * CHARACTERS]);
    }
    println!("  {}\n  {}", shown(&with_gaps), shown(&filled));
    let mut written = beginning[..TEXT / 2].to_vec();
    while written.len() < TEXT {
        let scores = decoder.forward(&written, written.len(), true, NoneTape).as_vec();
        written.push(best(&scores[(written.len() - 1) * CHARACTERS..]));
    }
    println!("  {} | {}", shown(&written[..TEXT / 2]), shown(&written[TEXT / 2..]));
    let source = Pairs::from(&halves(beginning)[..]);
    let memory = both.encode(&source.sources, &source.source_lengths, whole, NoneTape);
    let mut written = vec![START];
    while written.len() <= TEXT / 2 {
        let scores = both.decode(&written, memory.clone(), &source.source_lengths, whole).as_vec();
        written.push(best(&scores[(written.len() - 1) * CHARACTERS..]));
    }
    println!("  {} | {}", shown(&beginning[..TEXT / 2]), shown(&written[1..]));
    Ok(())
}

const FAMILY_SCHEDULE: WarmupCosine = WarmupCosine { peak: 0.004, floor: 0.0002, warmup: 100, steps: 2000 };

/// Trains an encoder or a decoder alone.
fn train_family(
    mut loss: impl FnMut(&Family) -> Tensor<Rank0, f32, Cpu, OwnedTape<f32, Cpu>>,
) -> Result<Family, FitError> {
    let mut model = Family::build(&Cpu::default());
    model.initialise(1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.98] }, &Cpu::default());
    fit(&mut model, &mut optimiser, &FAMILY_SCHEDULE, 1.0, |model, _| loss(model), |_, _, _| true)?;
    Ok(model)
}
