//! The experiment of chapter 7: `cargo run --release -p recurrence`.
//!
//! How far the gradient reaches, how far each cell remembers, what clipping does, and a language model with a memory.

use anyhow::Result;
use deep_networks::{Optimiser, Rule, WarmupCosine, fit};
use dfdx::prelude::{BuildModule, Cpu, NoneTape, OwnedTape, TensorCollection};
use language_models::ngram::{NGram, Smoothing};
use language_models::story;
use rayon::prelude::*;
use recurrence::horizon::reach;
use recurrence::recall::{ITEMS, Recall, Training, VOCAB, accuracy, learn};
use recurrence::{Cell, Gru, Lstm, Reader, Rnn, initialise};
use tensors::figures::save;
use tensors::plot::Chart;

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
    let (recalled, (unclipped, spoke)) = rayon::join(recalls, || (clipping(), stories()));
    recalled.and(unclipped).and(spoke)
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
    let mut chart = Chart::new("How far the gradient reaches", "steps back", "slope of the end by the input")
        .x_range(0.0, 88.0)
        .log_y();
    for (name, lengths) in curves {
        let [a, b, c, d] = [0, 10, 20, 40].map(|k| lengths[k]);
        println!("  {name:<20} {a:>9.1e} {b:>9.1e} {c:>9.1e} {d:>9.1e}");
        chart = chart.line(&name, lengths.iter().enumerate().map(|(k, &length)| (k as f64, length)));
    }
    Ok(save(CHAPTER, "horizon", &chart.draw()?)?)
}

/// One kind of model: its name and how to train and judge it at a distance, with a seed.
type Kind = (&'static str, fn(Recall, u64) -> Result<f64>);

const KINDS: [Kind; 5] = [
    ("RNN", |task, seed| recall::<OneRnn>(task, seed, |_| ())),
    ("GRU", |task, seed| recall::<OneGru>(task, seed, |_| ())),
    ("LSTM, forget bias 0", |task, seed| recall::<OneLstm>(task, seed, |cell| cell.set_forget_bias(0.0))),
    ("LSTM, forget bias 1", |task, seed| recall::<OneLstm>(task, seed, |cell| cell.set_forget_bias(1.0))),
    ("LSTM, forget bias 3", |task, seed| recall::<OneLstm>(task, seed, |cell| cell.set_forget_bias(3.0))),
];

/// The accuracy of one model after training.
fn recall<C>(task: Recall, seed: u64, prepare: fn(&mut C)) -> Result<f64>
where
    C: Cell<EMBED, HIDDEN, f32, Cpu> + TensorCollection<f32, Cpu, To<f32, Cpu> = C> + Clone,
{
    let mut model = Model::<C>::build(&Cpu::default());
    initialise(&mut model, 1.0, seed);
    prepare(&mut model.cell);
    let answer = |model: &Model<C>, tokens: &[usize]| model.last(tokens, task.length(), OwnedTape::default());
    learn(&mut model, task, Training { seed, ..Training::default() }, answer)?;
    Ok(accuracy(&model, task, seed + 100, answer))
}

/// Accuracy by distance, the mean of three seeds.
fn recalls() -> Result<()> {
    const DISTANCES: [usize; 5] = [5, 10, 20, 40, 80];
    const SEEDS: u64 = 3;
    let runs: Vec<(usize, usize, u64)> = (0..KINDS.len())
        .flat_map(|kind| {
            DISTANCES.into_iter().flat_map(move |d| (1..=SEEDS).map(move |seed| (kind, d, seed)))
        })
        .collect();
    let run = |&(kind, distance, seed): &(usize, usize, u64)| KINDS[kind].1(Recall::at(distance)?, seed);
    let shares = runs.par_iter().map(run).collect::<Result<Vec<f64>>>()?;
    println!("share of items recalled k steps later, mean of {SEEDS} seeds (chance: 0.125):");
    println!("  {:<20} {}", "k", DISTANCES.map(|distance| format!("{distance:>6}")).join(""));
    let mut chart = Chart::new("Recall by distance", "steps between item and question", "share recalled")
        .x_range(0.0, 120.0)
        .y_range(0.0, 1.05);
    for ((name, _), shares) in KINDS.iter().zip(shares.chunks(DISTANCES.len() * SEEDS as usize)) {
        let means: Vec<f64> =
            shares.chunks(SEEDS as usize).map(|seeds| seeds.iter().sum::<f64>() / SEEDS as f64).collect();
        println!("  {name:<20} {}", means.iter().map(|mean| format!("{mean:>6.2}")).collect::<String>());
        chart = chart.line(name, DISTANCES.iter().map(|&distance| distance as f64).zip(means));
    }
    chart = chart.dashes("chance", [(0.0, 0.125), (80.0, 0.125)]);
    Ok(save(CHAPTER, "recall", &chart.draw()?)?)
}

/// Plain gradient descent on a plain RNN, with gradients as they are and shortened to 1.
fn clipping() -> Result<()> {
    let task = Recall::at(10)?;
    let mut chart =
        Chart::new("Shortening gradients", "step", "loss in nats").x_range(0.0, 700.0).y_range(0.0, 2.5);
    for (name, clip) in [("as they are", f64::INFINITY), ("shortened to 1", 1.0)] {
        let mut model = Model::<OneRnn>::build(&Cpu::default());
        initialise(&mut model, 1.0, 1);
        let answer =
            |model: &Model<OneRnn>, tokens: &[usize]| model.last(tokens, task.length(), OwnedTape::default());
        let training = Training { rule: Rule::Sgd, rate: 0.5, clip, ..Training::default() };
        let losses = learn(&mut model, task, training, answer)?;
        println!(
            "gradients {name}: after {} steps the loss is {:.3}, accuracy {:.2}",
            losses.len(),
            losses[losses.len() - 1],
            accuracy(&model, task, 2, answer)
        );
        // Means of ten steps, to be readable.
        let means = losses
            .chunks(10)
            .enumerate()
            .map(|(i, part)| ((10 * i) as f64, part.iter().sum::<f64>() / part.len() as f64));
        chart = chart.line(name, means);
    }
    Ok(save(CHAPTER, "clipping", &chart.draw()?)?)
}

/// A language model that carries its state through the stories.
fn stories() -> Result<()> {
    const CHARACTERS: usize = 128; // ASCII
    const ROWS: usize = 16;
    const WINDOW: usize = 50;
    const STEPS: usize = 700;
    type Writer = Reader<CHARACTERS, 24, 96, CHARACTERS, Lstm<24, 96, f32, Cpu>, f32, Cpu>;
    let corpus = story::corpus(1_000_000, 1);
    let tokens = |text: &str| text.bytes().map(usize::from).collect::<Vec<_>>();
    let (train, held_out) = (tokens(&corpus.train), tokens(&corpus.held_out));
    /// Row by row, the characters from `start` on, of a text cut into as many pieces as there are rows.
    fn window(text: &[usize], start: usize) -> Vec<usize> {
        let piece = text.len() / ROWS;
        (0..ROWS).flat_map(|row| &text[row * piece + start..][..WINDOW + 1]).copied().collect()
    }
    let mut model = Writer::build(&Cpu::default());
    initialise(&mut model, 1.0, 1);
    model.cell.set_forget_bias(3.0);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &Cpu::default());
    let schedule = WarmupCosine { peak: 0.01, floor: 0.0005, warmup: 50, steps: STEPS };
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
    let windows = 24;
    let mut bits = 0.0;
    for i in 0..windows {
        let loss = model.window_loss(&window(&held_out, i * WINDOW), WINDOW, &mut state, NoneTape);
        bits += f64::from(loss.as_vec()[0]) / std::f64::consts::LN_2 / windows as f64;
    }
    let counted = NGram::count(&train, 9, CHARACTERS, Smoothing::KneserNey(0.75))?;
    println!(
        "an LSTM that read {} characters of stories: {bits:.2} bits per character on others (Kneser–Ney of order 9: {:.2})",
        ROWS * WINDOW * STEPS,
        counted.bits_per_token(&held_out[..20_000])
    );
    let mean = curve
        .chunks(10)
        .map(|part| (part[0].0, part.iter().map(|point| point.1).sum::<f64>() / part.len() as f64));
    let chart =
        Chart::new("An LSTM reads stories", "step", "bits per character").y_range(0.0, 5.0).line("", mean);
    Ok(save(CHAPTER, "stories", &chart.draw()?)?)
}
