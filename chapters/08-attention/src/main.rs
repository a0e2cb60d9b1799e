//! The experiment of chapter 8: `cargo run --release -p attention`.
//!
//! Why scores are divided, what normalising twice costs, recall at any distance, and what a leaking
//! mask does.

use anyhow::Result;
use attention::retriever::Weights;
use attention::scaling::{score_moments, weight_entropy};
use attention::{
    OneHeadModel, Retriever, Sequences, attention_weights, causal_mask, weights_normalised_twice,
};
use deep_networks::{FitError, Optimiser, Rule, WarmupCosine, fit, initialise};
use dfdx::prelude::{BuildModule, Const, Cpu, Module, NoneTape, OwnedTape, Tape};
use figures::{Chart, HeatMap, save};
use language_models::story;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use recurrence::recall::{
    DISTANCES, ITEMS, Kind, QUESTION, Recall, Training, VOCAB, accuracy, by_distance, learn, train_reader,
};
use recurrence::{Lstm, Rnn};
use std::f64::consts::LN_2;
use tensors::seeds;

const CHAPTER: &str = "attention";

fn main() -> Result<()> {
    scaling()?;
    // Side by side; what was found is told afterwards.
    let (shares, models) =
        rayon::join(|| by_distance(&KINDS), || [Masking::Causal, Masking::Leaking].map(train));
    recalls(&shares?)?;
    leak(models)
}

/// The variance of scores and the softness of weights by the size of the keys.
fn scaling() -> Result<()> {
    const KEYS: usize = 64;
    fn measure<const KEY: usize>() -> (f64, [f64; 4]) {
        let root = (KEY as f64).sqrt();
        let divisors = [1.0, root, 512_f64.sqrt(), KEY as f64];
        let variance = score_moments::<KEY>(20_000, 1).1;
        (variance, divisors.map(|divisor| weight_entropy::<KEY>(KEYS, divisor, 2)))
    }
    let sizes = [4.0_f64, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
    let found = [
        measure::<4>(),
        measure::<8>(),
        measure::<16>(),
        measure::<32>(),
        measure::<64>(),
        measure::<128>(),
        measure::<256>(),
    ];
    println!("random queries and keys of size d, {KEYS} keys (at most {} bits of entropy):", KEYS.ilog2());
    println!(
        "  {:>4} {:>9} {:>11} {:>9} {:>9} {:>9}",
        "d", "variance", "undivided", "/ √d", "/ √512", "/ d"
    );
    for (size, (variance, [undivided, root, model, full])) in sizes.iter().zip(&found) {
        println!("  {size:>4} {variance:>9.1} {undivided:>11.2} {root:>9.2} {model:>9.2} {full:>9.2}");
    }
    let mut chart =
        Chart::new("How soft are the weights?", "log₂ of the size of the keys", "entropy in bits")
            .y_range(0.0, 6.3);
    for (i, name) in
        ["undivided", "divided by √d", "divided by √512", "divided by d"].into_iter().enumerate()
    {
        chart = chart.line(name, sizes.iter().zip(&found).map(|(size, found)| (size.log2(), found.1[i])));
    }
    chart = chart.dashes("all keys alike", [(2.0, 6.0), (8.0, 6.0)]);
    Ok(save(CHAPTER, "softness", &chart.draw()?)?)
}

type OneHead = Retriever<VOCAB, 16, 16, ITEMS, f32, Cpu>;

/// One head, trained on the task.
fn retriever(
    task: Recall,
    seed: u64,
    weigh: Weigh<OwnedTape<f32, Cpu>>,
) -> Result<(OneHead, f64), FitError> {
    let mut model = OneHead::build(&Cpu::default());
    initialise(&mut model, seed);
    let answer =
        |model: &OneHead, tokens: &[usize]| model.last(tokens, task.length(), OwnedTape::default(), weigh);
    learn(&mut model, task, Training { seed, ..Training::default() }, answer)?;
    let share = accuracy(&model, task, seed + 100, answer);
    Ok((model, share))
}

/// How weights are made of queries and keys.
type Weigh<T> =
    fn(Sequences<Const<16>, f32, Cpu, T>, Sequences<Const<16>, f32, Cpu, T>) -> Weights<f32, Cpu, T>;

fn once<T: Tape<f32, Cpu>>(
    query: Sequences<Const<16>, f32, Cpu, T>,
    key: Sequences<Const<16>, f32, Cpu, T>,
) -> Weights<f32, Cpu, T> {
    attention_weights(query, key, None)
}

const KINDS: [Kind; 4] = [
    ("RNN", |task, seed| train_reader(task, seed, |_: &mut Rnn<16, 32, f32, Cpu>| ())),
    ("LSTM, forget bias 3", |task, seed| {
        train_reader(task, seed, |cell: &mut Lstm<16, 32, f32, Cpu>| cell.set_forget_bias(3.0))
    }),
    ("one head, normalised twice", |task, seed| Ok(retriever(task, seed, weights_normalised_twice)?.1)),
    ("one head", |task, seed| Ok(retriever(task, seed, once)?.1)),
];

/// Accuracy by distance, on the axes of the last chapter.
fn recalls(shares: &[[f64; DISTANCES.len()]]) -> Result<()> {
    println!("share of items recalled k steps later, mean of three seeds (chance: 0.125):");
    println!("  {:<28} {}", "k", DISTANCES.map(|distance| format!("{distance:>6}")).concat());
    let mut chart = Chart::new("Recall by distance", "steps between item and question", "share recalled")
        .y_range(0.0, 1.05);
    for ((name, _), shares) in KINDS.iter().zip(shares) {
        println!("  {name:<28} {}", shares.map(|share| format!("{share:>6.2}")).concat());
        chart = chart.line(name, DISTANCES.map(|distance| distance as f64).into_iter().zip(*shares));
    }
    chart = chart.dashes("chance", [(0.0, 0.125), (80.0, 0.125)]);
    save(CHAPTER, "recall", &chart.draw()?)?;

    let (_, far) = retriever(Recall::at(1000)?, 1, once)?;
    println!("one head over 1000 steps: {far:.2}");
    let (model, _) = retriever(Recall::at(12)?, 1, once)?;
    looks(&model)
}

/// Where the question looks, in six sequences.
fn looks(model: &OneHead) -> Result<()> {
    let task = Recall::at(12)?;
    let batch = task.batch(6, &mut seeds::generator(9));
    let x = model.embedding.look_up(&batch.tokens, task.length(), NoneTape);
    let asking = x.clone().slice((.., task.length() - 1.., ..));
    let weights = once(model.head.query.forward(asking), model.head.key.forward(x)).as_vec();
    let rows = weights.chunks(task.length()).map(|row| row.iter().map(|&w| w.into()).collect()).collect();
    let name = |token: usize| match token {
        0..ITEMS => char::from(b'A' + token as u8).to_string(),
        QUESTION => "?".to_owned(),
        _ => format!("{}", token - ITEMS),
    };
    let texts = batch.tokens.chunks(task.length());
    let names = texts.map(|row| row.iter().map(|&token| name(token)).collect::<String>());
    let figure = HeatMap::new("Where the question mark looks", rows)
        .rows(names)
        .cols((0..task.length()).map(|i| i.to_string()));
    Ok(save(CHAPTER, "looks", &figure.draw()?)?)
}

const CHARACTERS: usize = 128; // ASCII
const CONTEXT: usize = 32;
type Model = OneHeadModel<CHARACTERS, CONTEXT, 64, f32, Cpu>;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Masking {
    Causal,
    Leaking,
}

/// A model, its bits per character by step, and on held-out text.
struct Trained {
    model: Model,
    curve: Vec<(f64, f64)>,
    bits: f64,
}

/// Trains on windows of stories, with the causal mask or without any.
fn train(masking: Masking) -> Result<Trained, FitError> {
    let corpus = story::corpus(300_000, 1);
    let (train, held_out) = (tokens(&corpus.train), tokens(&corpus.held_out));
    let mask = causal_mask(&Cpu::default(), CONTEXT);
    let mask = (masking == Masking::Causal).then_some(&mask);
    let mut model = Model::build(&Cpu::default());
    initialise(&mut model, 1);
    let mut rng = seeds::generator(1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &Cpu::default());
    let schedule = WarmupCosine { peak: 0.01, floor: 0.0005, warmup: 50, steps: 1200 };
    let mut curve = Vec::new();
    let loss =
        |model: &Model, _| model.loss(&windows(&train, 16, &mut rng), CONTEXT, mask, OwnedTape::default());
    let watch = |_: &Model, step, loss: f64| {
        curve.push((step as f64, loss / LN_2));
        true
    };
    fit(&mut model, &mut optimiser, &schedule, 1.0, loss, watch)?;
    let judged = windows(&held_out, 64, &mut seeds::generator(2));
    let bits = f64::from(model.loss(&judged, CONTEXT, mask, NoneTape).as_vec()[0]) / LN_2;
    Ok(Trained { model, curve, bits })
}

fn tokens(text: &str) -> Vec<usize> {
    text.bytes().map(usize::from).collect()
}

/// Rows of `CONTEXT` + 1 tokens from anywhere in the text.
fn windows(text: &[usize], rows: usize, rng: &mut ChaCha8Rng) -> Vec<usize> {
    let mut start = || rng.gen_range(0..(text.len() - CONTEXT) as u32) as usize;
    (0..rows).flat_map(|_| &text[start()..][..=CONTEXT]).copied().collect()
}

/// The same model with the causal mask and without.
fn leak(models: [Result<Trained, FitError>; 2]) -> Result<()> {
    let mut chart =
        Chart::new("The same model with and without the causal mask", "step", "bits per character")
            .y_range(0.0, 5.0);
    for (name, trained) in ["causal", "leaking"].into_iter().zip(models) {
        let Trained { model, curve, bits } = trained?;
        println!("{name}: {bits:.3} bits per character held out; it writes:");
        println!("  {}", write(&model, &tokens("Once upon a time"), 80));
        let mean = |part: &[(f64, f64)]| part.iter().map(|point| point.1).sum::<f64>() / part.len() as f64;
        chart = chart.line(name, curve.chunks(20).map(|part| (part[0].0, mean(part))));
        if name == "causal" {
            map(&model, &tokens("Anna lived by the mill. She was "))?;
        }
    }
    Ok(save(CHAPTER, "leak", &chart.draw()?)?)
}

/// Continues a text by always taking the most likely character. At the end of a text there is no
/// future to look at, mask or not.
fn write(model: &Model, start: &[usize], characters: usize) -> String {
    let mut text = start.to_vec();
    for _ in 0..characters {
        let seen = &text[text.len().saturating_sub(CONTEXT)..];
        let mask = causal_mask(&Cpu::default(), seen.len());
        let scores = model.forward(seen, seen.len(), Some(&mask), NoneTape).as_vec();
        let last = &scores[scores.len() - CHARACTERS..];
        let best = (0..CHARACTERS).max_by(|&a, &b| last[a].total_cmp(&last[b])).expect("128 scores");
        text.push(best);
    }
    text.iter().map(|&id| char::from(id as u8)).collect::<String>().replace('\n', " ")
}

/// Who looks at whom in a text.
fn map(model: &Model, text: &[usize]) -> Result<()> {
    let x = model.embed(text, text.len(), NoneTape);
    let mask = causal_mask(&Cpu::default(), text.len());
    let weights =
        attention_weights(model.head.query.forward(x.clone()), model.head.key.forward(x), Some(&mask));
    let rows =
        weights.as_vec().chunks(text.len()).map(|row| row.iter().map(|&w| w.into()).collect()).collect();
    let names =
        || text.iter().map(|&id| if id == 32 { "␣".to_owned() } else { char::from(id as u8).to_string() });
    Ok(save(
        CHAPTER,
        "map",
        &HeatMap::new("Who looks (row) at whom (column)", rows).rows(names()).cols(names()).draw()?,
    )?)
}
