//! The noise scale along a run: how it is measured, and what was found.

use super::record::{Noise, SEEDS, Study, TARGETS};
use super::task::{CONTEXT, Task};
use crate::experiment::CHAPTER;
use anyhow::{Context, Result};
use deep_networks::gradient_of;
use figures::{Chart, save};
use gpt::data::Batch;
use gpt::flat::flat;
use gpt::loss::loss_and_gradients;
use gpt::sizes::Tiny;
use gpt::{Gpt, Run};
use kernels::Workers;
use kernels::measured::median;
use scaling::batch::Tradeoff;
use scaling::noise::NoiseScale;
use tensors::seeds;

/// Windows in a batch of the run, and after which of its steps the noise is measured.
const BATCH: usize = 16;
const AT: [usize; 6] = [10, 20, 40, 80, 160, 320];
/// Windows of which each has its gradient computed alone.
const WINDOWS: usize = 512;

/// Measures it with the seeds that are missing, at the rate that was best for this batch.
pub fn measure(study: &mut Study, task: &Task) -> Result<()> {
    let (_, rate, _) = study.best(BATCH, TARGETS.len() - 1).context("no rate was tried")?;
    let seeds: Vec<u64> =
        SEEDS.into_iter().filter(|seed| study.noise.iter().all(|noise| noise.seed != *seed)).collect();
    for found in Workers::new().map(seeds, |seed| along(task, rate, seed).map_err(|e| e.to_string())) {
        study.noise.extend(found.map_err(anyhow::Error::msg)?);
    }
    study.save()
}

/// The noise along a run at rate `rate`.
fn along(task: &Task, rate: f64, seed: u64) -> Result<Vec<Noise>> {
    let mut run = task.begin(BATCH, rate, seed)?;
    let (starts, mut gradients, mut found) = (task.starts(), Vec::new(), Vec::new());
    for at in AT {
        while run.optimiser.step < at {
            run.step(&task.tokens, &starts, &Workers::alone(), &mut gradients);
        }
        found.push(now(task, &run, seed));
    }
    Ok(found)
}

/// What windows drawn at random say, one by one, about the gradient where `run` stands.
fn now(task: &Task, run: &Run<Gpt<Tiny>>, seed: u64) -> Noise {
    let (starts, mut rng) = (task.starts(), seeds::generator(1000 + seed));
    let (mut gradients, mut sum) = (Vec::new(), Vec::new());
    let (mut squares, mut losses) = (0.0, 0.0);
    for _ in 0..WINDOWS {
        let window = Batch::random(&task.tokens, &starts, 1, CONTEXT, &mut rng);
        losses += loss_and_gradients(&Workers::alone(), &run.model, &window, (0.0, 0), &mut gradients);
        let own = flat(&gradient_of(&run.model, &mut gradients[0]));
        squares += deep_networks::squares(&own);
        sum.resize(own.len(), 0.0);
        sum.iter_mut().zip(own).for_each(|(sum, slope)| *sum += slope);
    }
    let count = WINDOWS as f64;
    let of_all = deep_networks::squares(&sum) / (count * count);
    let mut scale = NoiseScale::default();
    scale.add((1, squares / count), (WINDOWS, of_all));
    let (step, signal, scatter) = (run.optimiser.step, scale.signal(), scale.noise());
    Noise { seed, step, loss: losses / count, signal, scatter }
}

/// Prints and draws it, beside the critical batches.
pub fn report(study: &Study, tradeoffs: &[Tradeoff]) -> Result<()> {
    println!(
        "\nnoise scale in windows along a run with batches of {BATCH}, of {WINDOWS} windows, three seeds"
    );
    println!("{:>7}{:>26}{:>30}", "step", "training loss", "noise scale");
    let mut middles = Vec::new();
    for at in AT {
        let found: Vec<&Noise> = study.noise.iter().filter(|noise| noise.step == at).collect();
        let list =
            |f: &dyn Fn(&Noise) -> String| found.iter().map(|noise| f(noise)).collect::<Vec<_>>().join(" ");
        let (losses, scales) = (
            list(&|noise| format!("{:>6.3}", noise.loss)),
            list(&|noise| format!("{:>7.1}", noise.scale())),
        );
        println!("{at:>7}{losses:>26}{scales:>30}");
        middles.push((at as f64, median(&found.iter().map(|noise| noise.scale()).collect::<Vec<_>>())));
    }
    let seeds = study.noise.iter().map(|noise| (noise.step as f64, noise.scale()));
    let mut chart = Chart::new("Noise scale along a run", "step", "windows")
        .log_x()
        .log_y()
        .line("noise scale", middles)
        .scatter("", seeds);
    let (first, last) = (AT[1] as f64, AT[AT.len() - 1] as f64);
    for (target, fit) in TARGETS.iter().zip(tradeoffs) {
        let level = fit.critical();
        chart = chart.dashes(&format!("critical batch to {target} nats"), [(first, level), (last, level)]);
    }
    Ok(save(CHAPTER, "noise", &chart.draw()?)?)
}
