//! `mini-gpt speed`: how fast training steps are on this machine, and what they cost.

use crate::sizes::{Named, names, with_size};
use clap::Args;
use cpu_time::ProcessTime;
use dfdx::prelude::{AutoDevice, BuildModule};
use generation::{Cached, Sampling, Writer};
use gpt::corpus::{Source, Text};
use gpt::data::Starts;
use gpt::initialise::initialise;
use gpt::{Run, Settings, Whole};
use kernels::Workers;
use kernels::measured::median;
use mini_gpt::Error;
use mini_gpt::program::say;
use serde::Serialize;
use serde_json::json;
use std::time::{Duration, Instant};
use tensors::seeds;
use tokens::Tokenizer;

#[derive(Debug, Args)]
pub struct SpeedArgs {
    /// Size of the model
    #[arg(long, value_parser = names(), default_value = "laptop")]
    size: &'static Named,
    /// Windows in a batch
    #[arg(long, default_value_t = 12)]
    batch: usize,
    /// Tokens in a window
    #[arg(long, default_value_t = 64)]
    context: usize,
    /// Steps to measure
    #[arg(long, default_value_t = 100)]
    steps: usize,
    /// Threads [default: one for each core]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write this many tokens instead of training
    #[arg(long)]
    write: Option<usize>,
    /// Write without a cache: compute everything anew for each token
    #[arg(long, requires = "write")]
    anew: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Measures, and says what was found.
pub fn run(args: &SpeedArgs) -> Result<(), Error> {
    let SpeedArgs { size, batch, context, steps, threads, write, anew, .. } = *args;
    let settings = Settings { size: size.name.to_owned(), steps, batch, context, ..Settings::laptop() };
    settings.check(&size.shape)?;
    let workers = threads.map_or_else(Workers::new, |threads| Workers::with(threads.into()));
    let speed = with_size!(size.shape, M => match write {
        Some(tokens) => writing::<M>(&settings, tokens, !anew),
        None => training::<M>(settings, &workers),
    })?;
    tell(args, &speed)
}

fn tell(args: &SpeedArgs, speed: &Speed) -> Result<(), Error> {
    if args.json {
        return say(format_args!("{}", json!(speed)));
    }
    let unit = if args.write.is_some() { "token" } else { "step" };
    let least = speed.milliseconds.iter().copied().fold(f64::INFINITY, f64::min);
    say(format_args!(
        "a {unit}          {:.1} ms (median; shortest {least:.1} ms)",
        median(&speed.milliseconds)
    ))?;
    say(format_args!("processors     {:.1} ms a {unit}, all threads together", speed.cpu_milliseconds))?;
    say(format_args!("speed          {:.0} tokens/s", speed.tokens_per_second))?;
    if let Some(peak) = speed.peak_mib {
        say(format_args!("peak memory    {peak:.0} MiB"))?;
    }
    Ok(())
}

/// Steps, or tokens, before the clock starts.
const WARM_UP: usize = 5;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Speed {
    /// Wall time of every step in milliseconds, in order.
    milliseconds: Vec<f64>,
    /// Processor time of a step in milliseconds, all threads together.
    cpu_milliseconds: f64,
    /// Tokens per second at the median step.
    tokens_per_second: f64,
    /// Largest memory of the process so far in MiB, where the system tells.
    peak_mib: Option<f64>,
}

/// Trains for `settings.steps` steps after a few that do not count.
fn training<M: Whole<AutoDevice>>(settings: Settings, workers: &Workers) -> Result<Speed, Error> {
    let text = Text::load(&Source::Stories)?;
    let (steps, batch_tokens) = (settings.steps, settings.batch * settings.context);
    let (mut run, mut gradients) = (Run::<M>::new(settings, &text, &AutoDevice::default())?, Vec::new());
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
fn writing<M: Cached<AutoDevice> + Whole<AutoDevice>>(
    settings: &Settings,
    tokens: usize,
    with_cache: bool,
) -> Result<Speed, Error> {
    if tokens == 0 {
        let (value, allowed) = (tokens.to_string(), "give at least 1".to_owned());
        return Err(gpt::Error::Setting { name: "write", value, allowed }.into());
    }
    let mut model = M::build(&AutoDevice::default());
    initialise(&mut model, settings.seed);
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
    use gpt::Gpt;
    use gpt::sizes::Tiny;

    #[test]
    fn every_step_is_counted_and_the_median_is_the_middle_one() {
        let settings = Settings { steps: 3, batch: 2, context: 8, ..Settings::laptop() };
        let speed = training::<Gpt<Tiny, f32, AutoDevice>>(settings, &Workers::with(1)).unwrap();
        assert_eq!(speed.milliseconds.len(), 3);
        let middle = median(&speed.milliseconds);
        assert!((speed.tokens_per_second - 16_000.0 / middle).abs() < 1e-6);
    }
}
