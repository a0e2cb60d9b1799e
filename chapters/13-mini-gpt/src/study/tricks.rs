//! What each trick of training is worth: the same short run without it.

use crate::record::Trial;
use crate::untied::Untied;
use crate::whole::{run, trial};
use anyhow::Result;
use deep_networks::Rule;
use dfdx::prelude::Cpu;
use mini_gpt::corpus::{Source, Text};
use mini_gpt::settings::Settings;
use mini_gpt::sizes::Laptop;
use mini_gpt::train::Run;
use tensors::seeds;

const SEEDS: [u64; 3] = [1, 2, 3];
/// Steps of each run.
const STEPS: usize = 1000;
/// Tokens that it is judged by.
const EXAM: usize = 100_000;

type Change = fn(&mut Run<Laptop<Cpu>>);

/// The stories read byte by byte by the laptop size: with all tricks, and without one at a time.
pub fn measure() -> Result<Vec<Trial>> {
    let text = Text::load(&Source::Stories)?;
    let settings = |seed| Settings { steps: STEPS, seed, ..Settings::laptop() };
    let changes: [(&str, Change); 9] = [
        ("as it is", |_| {}),
        ("no warm-up", |run| run.settings.warmup = 0),
        ("no decay of the rate", |run| run.settings.min_lr = run.settings.lr),
        ("no clipping", |run| run.settings.clip = 1e9),
        ("no weight decay: Adam", |run| run.optimiser.rule = Rule::Adam { betas: [0.9, 0.99] }),
        ("SGD with momentum, rate 0.1", |run| {
            run.optimiser.rule = Rule::Momentum { beta: 0.9 };
            (run.settings.lr, run.settings.min_lr) = (0.1, 0.01);
        }),
        ("positions start at random", |run| {
            let numbers = seeds::normal(&mut seeds::generator(run.settings.seed ^ 5), 256 * 128, 0.02);
            run.model.positions.table.copy_from(&numbers);
        }),
        ("no smaller start of what blocks add", |run| {
            let factor = (2.0 * 4.0_f32).sqrt();
            for block in &mut run.model.blocks.modules {
                block.attention.output.weight = block.attention.output.weight.clone() * factor;
                block.feed_forward.down.weight = block.feed_forward.down.weight.clone() * factor;
            }
        }),
        ("matrices start at 0.02, not 1/√n", |run| {
            for block in &mut run.model.blocks.modules {
                let layer = &mut block.attention;
                for part in [&mut layer.query, &mut layer.key, &mut layer.value, &mut layer.output] {
                    part.weight = part.weight.clone() * (0.02 * 128_f32.sqrt());
                }
                block.feed_forward.up.weight =
                    block.feed_forward.up.weight.clone() * (0.02 * 128_f32.sqrt());
                block.feed_forward.down.weight =
                    block.feed_forward.down.weight.clone() * (0.02 * 512_f32.sqrt());
            }
        }),
    ];
    let mut trials: Vec<Trial> = changes
        .iter()
        .map(|&(name, change)| {
            trial(name, &SEEDS, |seed| Ok(run::<Laptop<Cpu>>(&text, settings(seed), EXAM, change)?.loss))
        })
        .collect::<Result<_>>()?;
    trials.push(trial("an output of its own, not tied", &SEEDS, |seed| {
        let score = run::<Untied<f32, Cpu>>(&text, settings(seed), EXAM, |run| {
            let numbers = seeds::normal(&mut seeds::generator(seed ^ 6), 256 * 128, 0.02);
            run.model.output.weight.copy_from(&numbers);
        })?;
        Ok(score.loss)
    })?);
    Ok(trials)
}
