//! The experiment of chapter 10: `cargo run --release -p positions`.
//!
//! The same layer with positions in six ways: trained on 32 tokens, judged on 128.

use anyhow::Result;
use deep_networks::{FitError, Optimiser, Rule, WarmupCosine, cross_entropy, fit, initialise};
use dfdx::prelude::{BuildModule, Cpu, NoneTape, OwnedTape};
use figures::{Chart, HeatMap, save};
use positions::latest::{LETTERS, VOCAB, batch};
use positions::sinusoidal::{encoding, widely_copied};
use positions::{Finder, Scheme};
use rayon::prelude::*;
use tensors::seeds;

const CHAPTER: &str = "positions";
/// Tokens of a sequence in training, and in the judgement.
const TRAINED: usize = 32;
const JUDGED: usize = 4 * TRAINED;

type Model = Finder<VOCAB, JUDGED, 32, 4, 8, LETTERS, f32, Cpu>;

const SCHEMES: [(&str, Scheme); 6] = [
    ("none", Scheme::None),
    ("widely copied", Scheme::WidelyCopied),
    ("learned", Scheme::Learned),
    ("sinusoidal", Scheme::Sinusoidal),
    ("rotary", Scheme::Rotary),
    ("ALiBi", Scheme::Alibi),
];

fn main() -> Result<()> {
    clock()?;
    lengths()
}

/// The encodings, and how alike they are.
fn clock() -> Result<()> {
    let rows = (0..48).map(|position| encoding(position, 32)).collect();
    let figure = HeatMap::new("Sines and cosines: a row a position, a column a number", rows)
        .rows((0..48).map(|position| if position % 8 == 0 { position.to_string() } else { String::new() }));
    save(CHAPTER, "encoding", &figure.draw()?)?;

    let here = encoding(50, 32);
    let alike = |there: Vec<f64>| here.iter().zip(there).map(|(a, b)| a * b).sum::<f64>() / 16.0;
    let positions = || (0..=100).map(|position| (position as f64, position));
    let chart = Chart::new("How alike is each position to position 50?", "position", "product")
        .y_range(0.0, 1.1)
        .line("sines and cosines", positions().map(|(x, position)| (x, alike(encoding(position, 32)))))
        .line(
            "widely copied",
            positions().map(|(x, position)| (x, widely_copied(50) * widely_copied(position))),
        );
    save(CHAPTER, "alike", &chart.draw()?)?;
    println!(
        "the widely copied formula at 0, 1, 50: {:.5} {:.5} {:.5}",
        widely_copied(0),
        widely_copied(1),
        widely_copied(50)
    );
    Ok(())
}

/// Accuracy by position.
fn lengths() -> Result<()> {
    const PART: usize = 8;
    let trained =
        SCHEMES.par_iter().map(|&(_, scheme)| by_position(scheme)).collect::<Result<Vec<_>, _>>()?;
    println!(
        "which letter came last? trained on {TRAINED} tokens, asked at {JUDGED}; share right by position:"
    );
    println!("  {:<14} {:>8} {:>8} {:>8}", "", "0–31", "32–63", "64–127");
    let mut chart = Chart::new("Which letter came last?", "position", "share right").y_range(0.0, 1.05);
    for ((name, _), shares) in SCHEMES.iter().zip(trained) {
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        let parts = [0..32, 32..64, 64..128].map(|range| format!("{:>8.2}", mean(&shares[range])));
        println!("  {name:<14} {}", parts.join(" "));
        let curve =
            shares.chunks(PART).enumerate().map(|(i, part)| ((PART * i + PART / 2) as f64, mean(part)));
        chart = chart.line(name, curve);
    }
    chart = chart.dashes("", [(TRAINED as f64, 0.0), (TRAINED as f64, 1.05)]);
    Ok(save(CHAPTER, "lengths", &chart.draw()?)?)
}

/// Trains one model, and returns the share of right answers at each of `JUDGED` positions.
fn by_position(scheme: Scheme) -> Result<Vec<f64>, FitError> {
    const ROWS: usize = 256;
    let mut model = Model::build(&Cpu::default());
    initialise(&mut model, 1);
    let mut rng = seeds::generator(1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &Cpu::default());
    let schedule = WarmupCosine { peak: 0.005, floor: 0.0005, warmup: 20, steps: 1500 };
    let loss = |model: &Model, _| {
        let batch = batch(16, TRAINED, &mut rng);
        cross_entropy(model.forward(&batch.tokens, TRAINED, scheme, OwnedTape::default()), &batch.answers)
    };
    fit(&mut model, &mut optimiser, &schedule, 1.0, loss, |_, _, _| true)?;
    let judged = batch(ROWS, JUDGED, &mut seeds::generator(2));
    let scores = model.forward(&judged.tokens, JUDGED, scheme, NoneTape).as_vec();
    let mut right = vec![0.0; JUDGED];
    for (i, (row, &answer)) in scores.chunks(LETTERS).zip(&judged.answers).enumerate() {
        let best = (0..LETTERS).max_by(|&a, &b| row[a].total_cmp(&row[b])).expect("eight letters");
        right[i % JUDGED] += f64::from(best == answer) / ROWS as f64;
    }
    Ok(right)
}
