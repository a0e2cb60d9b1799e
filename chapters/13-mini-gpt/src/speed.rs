//! How fast training steps are on this machine, and what they cost.

use crate::Error;
use crate::corpus::{Source, Text};
use crate::data::Starts;
use crate::generate::Writer;
use crate::model::LanguageModel;
use crate::parallel::Workers;
use crate::sampling::Sampling;
use crate::settings::Settings;
use crate::train::Run;
use cpu_time::ProcessTime;
use dfdx::prelude::BuildModule;
use kernels::Kernels;
use serde::Serialize;
use std::time::{Duration, Instant};
use tensors::seeds;
use tokens::Tokenizer;

/// Steps, or tokens, before the clock starts.
const WARM_UP: usize = 5;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speed {
    /// Wall time of every step in milliseconds, in order.
    pub milliseconds: Vec<f64>,
    /// Processor time of a step in milliseconds, all threads together.
    pub cpu_milliseconds: f64,
    /// Tokens per second at the median step.
    pub tokens_per_second: f64,
    /// Largest memory of the process so far in MiB, where the system tells.
    pub peak_mib: Option<f64>,
}

/// Trains for `settings.steps` steps after a few that do not count.
///
/// # Errors
/// When the settings make no sense for the model.
pub fn training<D: Kernels<f32>, M: LanguageModel<D>>(
    settings: Settings,
    workers: &Workers,
    device: &D,
) -> Result<Speed, Error> {
    settings.check(&M::SHAPE)?;
    let text = Text::load(&Source::Stories)?;
    let (steps, batch_tokens) = (settings.steps, settings.batch * settings.context);
    let (mut run, mut gradients) = (Run::<M>::new(settings, &text, device)?, Vec::new());
    let tokens = run.tokenizer.encode(&text.train);
    let starts = Starts::new(&tokens, run.settings.context, &run.tokenizer, false);
    for _ in 0..WARM_UP {
        run.step(&tokens, &starts, workers, &mut gradients);
    }
    Ok(measure(steps, batch_tokens, || {
        run.step(&tokens, &starts, workers, &mut gradients);
    }))
}

/// Writes `tokens` tokens, without a model that has learned anything: how fast it writes does not
/// depend on that. A step is a token. Without a cache each of them is computed from the whole text
/// anew.
///
/// # Errors
/// When the settings make no sense for the model.
pub fn writing<D: Kernels<f32>, M: LanguageModel<D>>(
    settings: &Settings,
    tokens: usize,
    with_cache: bool,
    device: &D,
) -> Result<Speed, Error> {
    settings.check(&M::SHAPE)?;
    if tokens == 0 {
        let (value, allowed) = (tokens.to_string(), "give at least 1".to_owned());
        return Err(Error::Setting { name: "write", value, allowed });
    }
    let mut model = M::build(device);
    crate::initialise::initialise(&mut model, settings.seed);
    let (sampling, mut rng) = (Sampling::at(1.0), seeds::generator(settings.seed));
    let mut writer = Writer::new(&model, settings.context, vec![usize::from(b'\n')]);
    if !with_cache {
        writer = writer.without_cache();
    }
    let mut write = || {
        writer.write(&sampling, &mut rng);
    };
    (0..WARM_UP).for_each(|_| write());
    Ok(measure(tokens, 1, write))
}

fn measure(steps: usize, tokens_a_step: usize, mut step: impl FnMut()) -> Speed {
    let began = ProcessTime::now();
    // Not collected at once: that would ask for the memory of all steps before the first.
    let mut all = Vec::new();
    for _ in 0..steps {
        let began = Instant::now();
        step();
        all.push(milliseconds(began.elapsed()));
    }
    Speed {
        cpu_milliseconds: milliseconds(began.elapsed()) / steps as f64,
        tokens_per_second: tokens_a_step as f64 * 1000.0 / median(&all),
        milliseconds: all,
        peak_mib: peak_mib(),
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The middle one of some numbers.
///
/// # Panics
/// When there are none.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// The processor's name, as Linux tells it.
pub fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| "an unknown processor".to_owned(), |(_, name)| name.to_owned())
}

/// The largest memory that this process has held, as Linux counts it.
fn peak_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sizes::Tiny;
    use dfdx::prelude::Cpu;

    #[test]
    fn every_step_is_counted_and_the_median_is_the_middle_one() {
        let settings = Settings { steps: 3, batch: 2, context: 8, ..Settings::laptop() };
        let speed = training::<Cpu, Tiny<Cpu>>(settings, &Workers::with(1), &Cpu::default()).unwrap();
        assert_eq!(speed.milliseconds.len(), 3);
        let middle = median(&speed.milliseconds);
        assert!((speed.tokens_per_second - 16_000.0 / middle).abs() < 1e-6);
        assert_eq!(median(&[5.0, 1.0, 3.0]), 3.0);
    }
}
