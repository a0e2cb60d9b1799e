//! The experiment of chapter 7: `cargo run --release -p recurrence`.
//!
//! How far the gradient reaches, how far each cell remembers, what clipping does, and a language
//! model with a memory.

use anyhow::Result;
use deep_networks::{Optimiser, Rule, WarmupCosine, clip_global_norm, cross_entropy, fit, gradient_of};
use dfdx::prelude::{Backward, BuildModule, Cpu, NoneTape, OwnedTape};
use figures::{Chart, save};
use language_models::ngram::{NGram, Smoothing};
use language_models::story;
use recurrence::horizon::reach;
use recurrence::recall::{DISTANCES, ITEMS, Kind, Recall, VOCAB, accuracy, by_distance, train_reader};
use recurrence::{Cell, Gru, Lstm, Reader, Rnn, initialise};
use tensors::seeds;

const CHAPTER: &str = "recurrence";
const EMBED: usize = 16;
const HIDDEN: usize = 32;

type OneRnn = Rnn<EMBED, HIDDEN, f32, Cpu>;
type OneLstm = Lstm<EMBED, HIDDEN, f32, Cpu>;
type OneGru = Gru<EMBED, HIDDEN, f32, Cpu>;
/// A model of the recall task.
type Model<C> = Reader<VOCAB, EMBED, HIDDEN, ITEMS, C, f32, Cpu>;

fn main() -> Result<()> {
    horizons()?;
    clipping()?;
    // Side by side; what they found is told one after the other.
    let (shares, reading) = rayon::join(|| by_distance(&KINDS), read_stories);
    recalls(&shares?)?;
    stories(reading?)
}

/// How much the end depends on what was read before, by distance, before any training.
fn horizons() -> Result<()> {
    const STEPS: usize = 60;
    let mut curves = Vec::new();
    for gain in [0.5, 1.0, 3.0] {
        let mut cell = OneRnn::build(&Cpu::default());
        initialise(&mut cell, gain, 1);
        curves.push((format!("RNN, gain {gain}"), reach(&cell, STEPS, 1)));
    }
    for bias in [0.0, 1.0, 3.0] {
        let mut cell = OneLstm::build(&Cpu::default());
        initialise(&mut cell, 1.0, 1);
        cell.set_forget_bias(bias);
        curves.push((format!("LSTM, forget bias {bias}"), reach(&cell, STEPS, 1)));
    }
    println!("slope of the end by the input k steps before:");
    println!("  {:<20} {:>9} {:>9} {:>9} {:>9}", "k", 0, 10, 20, 40);
    let mut chart =
        Chart::new("How far the gradient reaches", "steps back", "slope of the end by the input").log_y();
    for (name, lengths) in curves {
        let [a, b, c, d] = [0, 10, 20, 40].map(|k| lengths[k]);
        println!("  {name:<20} {a:>9.1e} {b:>9.1e} {c:>9.1e} {d:>9.1e}");
        chart = chart.line(&name, lengths.iter().enumerate().map(|(k, &length)| (k as f64, length)));
    }
    Ok(save(CHAPTER, "horizon", &chart.draw()?)?)
}

const KINDS: [Kind; 5] = [
    ("RNN", |task, seed| train_reader(task, seed, |_: &mut OneRnn| ())),
    ("GRU", |task, seed| train_reader(task, seed, |_: &mut OneGru| ())),
    ("LSTM, forget bias 0", |task, seed| {
        train_reader(task, seed, |cell: &mut OneLstm| cell.set_forget_bias(0.0))
    }),
    ("LSTM, forget bias 1", |task, seed| {
        train_reader(task, seed, |cell: &mut OneLstm| cell.set_forget_bias(1.0))
    }),
    ("LSTM, forget bias 3", |task, seed| {
        train_reader(task, seed, |cell: &mut OneLstm| cell.set_forget_bias(3.0))
    }),
];

/// Accuracy by distance.
fn recalls(shares: &[[f64; DISTANCES.len()]]) -> Result<()> {
    println!("share of items recalled k steps later, mean of three seeds (chance: 0.125):");
    println!("  {:<20} {}", "k", DISTANCES.map(|distance| format!("{distance:>6}")).concat());
    let mut chart = Chart::new("Recall by distance", "steps between item and question", "share recalled")
        .y_range(0.0, 1.05);
    for ((name, _), shares) in KINDS.iter().zip(shares) {
        println!("  {name:<20} {}", shares.map(|share| format!("{share:>6.2}")).concat());
        chart = chart.line(name, DISTANCES.map(|distance| distance as f64).into_iter().zip(*shares));
    }
    chart = chart.dashes("chance", [(0.0, 0.125), (80.0, 0.125)]);
    Ok(save(CHAPTER, "recall", &chart.draw()?)?)
}

/// Plain gradient descent on a plain RNN, with gradients as they are and shortened to 1.
fn clipping() -> Result<()> {
    const STEPS: usize = 500;
    let task = Recall::at(10)?;
    let mut chart = Chart::new("Shortening gradients", "step", "loss in nats").y_range(0.0, 3.0);
    for (name, longest) in [("as they are", f64::INFINITY), ("shortened to 1", 1.0)] {
        let mut model = Model::<OneRnn>::build(&Cpu::default());
        initialise(&mut model, 1.0, 1);
        let answer = |model: &Model<OneRnn>, tokens: &[usize]| {
            model.last(tokens, task.length(), OwnedTape::default())
        };
        let mut optimiser = Optimiser::new(Rule::Sgd, &Cpu::default());
        let (mut rng, mut losses, mut lengths) = (seeds::generator(1), Vec::new(), Vec::new());
        for _ in 0..STEPS {
            let batch = task.batch(32, &mut rng);
            let loss = cross_entropy(answer(&model, &batch.tokens), &batch.items);
            losses.push(f64::from(loss.as_vec()[0]));
            let mut gradient = gradient_of(&model, &mut loss.backward());
            lengths.push(clip_global_norm(&mut gradient, longest));
            optimiser.update(&mut model, &gradient, 0.5);
        }
        lengths.sort_by(f64::total_cmp);
        println!(
            "gradients {name}: length {:.2} in the middle, {:.0} at most; in the end the loss is {:.3}, accuracy {:.2}",
            lengths[STEPS / 2],
            lengths[STEPS - 1],
            losses[STEPS - 1],
            accuracy(&model, task, 2, answer)
        );
        // Means of ten steps, to be readable.
        let means =
            losses.chunks(10).enumerate().map(|(i, ten)| ((10 * i) as f64, ten.iter().sum::<f64>() / 10.0));
        chart = chart.line(name, means);
    }
    Ok(save(CHAPTER, "clipping", &chart.draw()?)?)
}

const ROWS: usize = 16;
const WINDOW: usize = 25;

/// Row by row, the characters from `start` on, of a text cut into as many pieces as there are rows.
fn window(text: &[usize], start: usize) -> Vec<usize> {
    let piece = text.len() / ROWS;
    (0..ROWS).flat_map(|row| &text[row * piece + start..][..=WINDOW]).copied().collect()
}

/// What came of reading stories.
struct Reading {
    /// Characters read.
    characters: usize,
    /// Bits per character by step.
    curve: Vec<(f64, f64)>,
    /// Bits per character on other stories.
    bits: f64,
    /// The same of Kneser–Ney of order 9.
    counted: f64,
}

/// Trains a language model that carries its state through the stories.
fn read_stories() -> Result<Reading> {
    const CHARACTERS: usize = 128; // ASCII
    type Writer = Reader<CHARACTERS, 24, 96, CHARACTERS, Lstm<24, 96, f32, Cpu>, f32, Cpu>;
    let corpus = story::corpus(1_000_000, 1);
    let tokens = |text: &str| text.bytes().map(usize::from).collect::<Vec<_>>();
    let (train, held_out) = (tokens(&corpus.train), tokens(&corpus.held_out));
    let mut model = Writer::build(&Cpu::default());
    initialise(&mut model, 1.0, 1);
    model.cell.set_forget_bias(1.0);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &Cpu::default());
    let schedule =
        WarmupCosine { peak: 0.02, floor: 0.001, warmup: 50, steps: (train.len() / ROWS - 1) / WINDOW };
    let mut state = model.cell.start(ROWS);
    let mut curve = Vec::new();
    let loss = |model: &Writer, step: usize| {
        model.window_loss(&window(&train, step * WINDOW), WINDOW, &mut state, OwnedTape::default())
    };
    let watch = |_: &Writer, step, loss: f64| {
        curve.push((step as f64, loss / std::f64::consts::LN_2));
        true
    };
    fit(&mut model, &mut optimiser, &schedule, 1.0, loss, watch)?;

    let mut state = model.cell.start(ROWS);
    let windows = 48;
    let mut bits = 0.0;
    for i in 0..windows {
        let loss = model.window_loss(&window(&held_out, i * WINDOW), WINDOW, &mut state, NoneTape);
        bits += f64::from(loss.as_vec()[0]) / std::f64::consts::LN_2 / windows as f64;
    }
    let counted = NGram::count(&train, 9, CHARACTERS, Smoothing::KneserNey(0.75))?;
    Ok(Reading {
        characters: ROWS * WINDOW * schedule.steps,
        curve,
        bits,
        counted: counted.bits_per_token(&held_out[..20_000]),
    })
}

fn stories(Reading { characters, curve, bits, counted }: Reading) -> Result<()> {
    println!(
        "an LSTM that read {characters} characters of stories once: {bits:.2} bits per character on others\n\
         (Kneser–Ney of order 9: {counted:.2})"
    );
    let mean = curve
        .chunks(20)
        .map(|part| (part[0].0, part.iter().map(|point| point.1).sum::<f64>() / part.len() as f64));
    let chart =
        Chart::new("An LSTM reads stories", "step", "bits per character").y_range(0.0, 5.0).line("", mean);
    Ok(save(CHAPTER, "stories", &chart.draw()?)?)
}
