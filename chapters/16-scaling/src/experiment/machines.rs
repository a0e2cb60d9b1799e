//! How large a batch: steps to a given loss, batch by batch, and the noise scale along a run.
//! `cargo run --release -p scaling -- machines DATE` measures what `machines.json` does not have yet.

use crate::experiment::CHAPTER;
use anyhow::{Context, Result, ensure};
use deep_networks::gradient_of;
use dfdx::prelude::Cpu;
use figures::{Chart, save};
use gpt::corpus::{Source, Text};
use gpt::data::{Batch, Starts};
use gpt::evaluate::Exam;
use gpt::flat::flat;
use gpt::loss::loss_and_gradients;
use gpt::sizes::Tiny;
use gpt::{Gpt, Run, Settings};
use kernels::Workers;
use kernels::measured::{self, median, processor};
use scaling::batch::Tradeoff;
use scaling::noise::NoiseScale;
use serde::{Deserialize, Serialize};
use tensors::seeds;
use tokens::Tokenizer;

/// Windows in a batch.
const BATCHES: [usize; 4] = [1, 4, 16, 64];
/// Held-out losses in nats a byte to which steps are counted.
const TARGETS: [f64; 2] = [2.6, 2.4];
const SEEDS: [u64; 3] = [1, 2, 3];
/// The grid of rates: 0.001 times a power of two. Where it is begun for the smallest batch.
const FIRST_POWER: i32 = 1;
/// Steps in which the rate rises; then it stays.
const WARMUP: usize = 20;
/// A run that has not come to the last target by then is given up.
const MOST_STEPS: usize = 20_000;
/// So is one that takes so many times the steps of the best rate before.
const HOPELESS: f64 = 2.0;
/// From one look at the loss to the next the steps grow by this share: so fine is what is measured.
const CLOSER: f64 = 0.05;
/// Bytes of held-out text for choosing rates, and as many again for reporting.
const EXAM: usize = 2048;
/// Windows of a byte-level model of context 64.
const CONTEXT: usize = 64;
/// The run whose noise is measured: its batch, its rate, and after which steps.
const NOISE_BATCH: usize = 16;
const NOISE_AT: [usize; 6] = [10, 20, 40, 80, 160, 320];
/// Windows of which each has its gradient computed alone.
const WINDOWS: usize = 512;

/// What was measured.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Study {
    processor: String,
    date: String,
    runs: Vec<Race>,
    noise: Vec<Noise>,
}

/// A run to the targets.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Race {
    batch: usize,
    rate: f64,
    seed: u64,
    /// For each target the steps to it, by the text that chooses and by the one that reports.
    steps: Vec<[Option<usize>; 2]>,
}

/// What single windows say about the gradient at some step of a run.
#[derive(Debug, Serialize, Deserialize)]
struct Noise {
    seed: u64,
    step: usize,
    loss: f64,
    /// Estimates of |G|² and tr Σ.
    signal: f64,
    scatter: f64,
}

impl Noise {
    fn scale(&self) -> f64 {
        self.scatter / self.signal
    }
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/machines.json");

fn rate(power: i32) -> f64 {
    1e-3 * 2_f64.powi(power)
}

/// The text, its tokens, and the two exams.
struct Task {
    text: Text,
    tokens: Vec<usize>,
    exams: [Exam; 2],
}

impl Task {
    fn load() -> Result<Self> {
        let text = Text::load(&Source::Stories)?;
        let run = run(&text, 1, rate(0), 1)?;
        let tokens = run.tokenizer.encode(&text.train);
        let exam = |text: &str| run.exam(text, false).first(EXAM);
        let half = text.held_out.len() / 2;
        ensure!(text.held_out.is_char_boundary(half), "the stories are ASCII");
        let exams = [exam(&text.held_out[..half]), exam(&text.held_out[half..])];
        Ok(Self { text, tokens, exams })
    }

    fn losses(&self, run: &Run<Gpt<Tiny>>) -> [f64; 2] {
        self.exams.each_ref().map(|exam| exam.score(&run.model, CONTEXT, &Workers::alone()).loss)
    }

    fn starts(&self) -> Starts {
        Starts::Anywhere(self.tokens.len() - CONTEXT)
    }

    /// Trains to the last target, or for `most` steps.
    fn race(&self, batch: usize, rate: f64, seed: u64, most: usize) -> Result<Race> {
        let (mut run, starts, mut gradients) =
            (run(&self.text, batch, rate, seed)?, self.starts(), Vec::new());
        let (mut steps, mut next) = (vec![[None; 2]; TARGETS.len()], 1);
        for step in 1..=most {
            let loss = run.step(&self.tokens, &starts, &Workers::alone(), &mut gradients);
            if !loss.is_finite() {
                break;
            }
            if step < next {
                continue;
            }
            next = step + 1 + (step as f64 * CLOSER) as usize;
            let losses = self.losses(&run);
            for (target, reached) in TARGETS.iter().zip(&mut steps) {
                for (loss, reached) in losses.iter().zip(reached) {
                    if loss <= target {
                        reached.get_or_insert(step);
                    }
                }
            }
            if steps.iter().flatten().all(Option::is_some) {
                break;
            }
        }
        Ok(Race { batch, rate, seed, steps })
    }

    /// What windows drawn at random say, one by one, about the gradient where `run` stands.
    fn noise(&self, run: &Run<Gpt<Tiny>>, seed: u64) -> Noise {
        let (starts, mut rng) = (self.starts(), seeds::generator(1000 + seed));
        let (mut gradients, mut sum) = (Vec::new(), Vec::new());
        let (mut squares, mut losses) = (0.0, 0.0);
        for _ in 0..WINDOWS {
            let window = Batch::random(&self.tokens, &starts, 1, CONTEXT, &mut rng);
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

    /// The noise along a run at rate `rate`.
    fn noise_along(&self, rate: f64, seed: u64) -> Result<Vec<Noise>> {
        let mut run = run(&self.text, NOISE_BATCH, rate, seed)?;
        let (starts, mut gradients, mut found) = (self.starts(), Vec::new(), Vec::new());
        for at in NOISE_AT {
            while run.optimiser.step < at {
                run.step(&self.tokens, &starts, &Workers::alone(), &mut gradients);
            }
            found.push(self.noise(&run, seed));
        }
        Ok(found)
    }
}

fn run(text: &Text, batch: usize, lr: f64, seed: u64) -> Result<Run<Gpt<Tiny>>> {
    let settings = Settings {
        size: "tiny".to_owned(),
        steps: MOST_STEPS,
        batch,
        context: CONTEXT,
        lr,
        min_lr: lr,
        warmup: WARMUP,
        seed,
        ..Settings::laptop()
    };
    Ok(Run::new(settings, text, &Cpu::default())?)
}

impl Study {
    /// The runs with batches of `batch`, by rate.
    fn by_rate(&self, batch: usize) -> Vec<(f64, Vec<&Race>)> {
        let mut rates: Vec<f64> = self.runs.iter().filter(|r| r.batch == batch).map(|r| r.rate).collect();
        rates.sort_by(f64::total_cmp);
        rates.dedup();
        let runs =
            |rate: f64| self.runs.iter().filter(move |r| r.batch == batch && r.rate == rate).collect();
        rates.into_iter().map(|rate| (rate, runs(rate))).collect()
    }

    /// For `target` the best of the rates tried with batches of `batch`: its place among them, the rate, and
    /// its steps by the text that chooses, the median of the seeds. A run that never came there took for
    /// ever.
    fn best(&self, batch: usize, target: usize) -> Option<(usize, f64, f64)> {
        let steps = |races: &Vec<&Race>| {
            let steps: Vec<f64> = races
                .iter()
                .map(|race| race.steps[target][0].map_or(f64::INFINITY, |s| s as f64))
                .collect();
            if steps.len() == SEEDS.len() { median(&steps) } else { f64::INFINITY }
        };
        let rates = self.by_rate(batch);
        let tried = rates.iter().enumerate().map(|(place, (rate, races))| (place, *rate, steps(races)));
        tried.min_by(|a, b| a.2.total_cmp(&b.2))
    }

    fn save(&self) -> Result<()> {
        Ok(measured::save(FILE, self)?)
    }

    /// Tries rate number `power`.
    fn try_rate(&mut self, task: &Task, batch: usize, power: i32) -> Result<()> {
        let is_done = |seed: &u64| {
            self.runs.iter().any(|r| r.batch == batch && r.rate == rate(power) && r.seed == *seed)
        };
        let seeds: Vec<u64> = SEEDS.into_iter().filter(|seed| !is_done(seed)).collect();
        // The steps of the best rate so far.
        let best = self.best(batch, TARGETS.len() - 1).map_or(f64::INFINITY, |(.., steps)| steps);
        let most = (HOPELESS * best).min(MOST_STEPS as f64) as usize;
        for race in Workers::new()
            .map(seeds, |seed| task.race(batch, rate(power), seed, most).map_err(|e| e.to_string()))
        {
            let race = race.map_err(anyhow::Error::msg)?;
            eprintln!("{race:?}");
            self.runs.push(race);
        }
        self.save()
    }
}

/// Measures what is not measured yet, and keeps each result at once.
pub fn measure(date: &str) -> Result<()> {
    let mut study: Study = measured::load(FILE).unwrap_or_default();
    (study.processor, study.date) = (processor(), date.to_owned());
    let task = Task::load()?;
    let mut power = FIRST_POWER;
    for batch in BATCHES {
        // Outwards until the best rate of each target has a neighbour on either side.
        let (mut low, mut high) = (power - 1, power + 1);
        for power in low..=high {
            study.try_rate(&task, batch, power)?;
        }
        loop {
            let places: Vec<usize> =
                (0..TARGETS.len()).filter_map(|target| Some(study.best(batch, target)?.0)).collect();
            let last = study.by_rate(batch).len() - 1;
            if places.contains(&0) {
                low -= 1;
                study.try_rate(&task, batch, low)?;
            } else if places.contains(&last) {
                high += 1;
                study.try_rate(&task, batch, high)?;
            } else {
                let (place, ..) = study.best(batch, TARGETS.len() - 1).context("it was tried")?;
                power = low + place as i32;
                break;
            }
        }
    }
    let (_, best, _) = study.best(NOISE_BATCH, TARGETS.len() - 1).context("it was tried")?;
    let seeds: Vec<u64> =
        SEEDS.into_iter().filter(|seed| study.noise.iter().all(|noise| noise.seed != *seed)).collect();
    for found in Workers::new().map(seeds, |seed| task.noise_along(best, seed).map_err(|e| e.to_string())) {
        study.noise.extend(found.map_err(anyhow::Error::msg)?);
    }
    study.save()
}

/// Prints and draws what is kept.
pub fn report() -> Result<()> {
    let study: Study = measured::load(FILE)?;
    println!("\nhow large a batch: {}, {}", study.processor, study.date);
    let tradeoffs = races(&study)?;
    noise(&study, &tradeoffs)
}

/// The steps of the best rate, seed by seed, by the text that reports.
fn reported(study: &Study, batch: usize, target: usize) -> Result<(f64, Vec<f64>)> {
    let (place, rate, _) = study.best(batch, target).context("no rate was tried")?;
    let (_, races) = &study.by_rate(batch)[place];
    let steps: Option<Vec<f64>> = races.iter().map(|race| Some(race.steps[target][1]? as f64)).collect();
    Ok((rate, steps.with_context(|| format!("batch {batch} did not come to {}", TARGETS[target]))?))
}

/// Steps by batch, and what they say, for each target.
fn races(study: &Study) -> Result<Vec<Tradeoff>> {
    let mut chart = Chart::new("Steps to a held-out loss", "windows in a batch", "steps").log_x().log_y();
    let mut tradeoffs = Vec::new();
    for (target, loss) in TARGETS.iter().enumerate() {
        println!(
            "\nsteps to a held-out loss of {loss} nats a byte, three seeds, each batch at its best rate"
        );
        println!(
            "{:>7}{:>8}{:>21}{:>9}{:>11}{:>11}",
            "batch", "rate", "steps", "median", "windows", "speed-up"
        );
        let (mut pairs, mut alone) = (Vec::new(), None);
        for batch in BATCHES {
            let (rate, steps) = reported(study, batch, target)?;
            let middle = median(&steps);
            let alone = *alone.get_or_insert(middle);
            let list: Vec<String> = steps.iter().map(|steps| format!("{steps:>6}")).collect();
            println!(
                "{batch:>7}{rate:>8}{:>21}{middle:>9}{:>11}{:>11.1}",
                list.join(" "),
                middle * batch as f64,
                alone / middle
            );
            pairs.extend(steps.iter().map(|&steps| (batch as f64, steps)));
        }
        let fit = Tradeoff::fit(&pairs).context("several batches")?;
        let Tradeoff { steps, examples } = fit;
        println!(
            "fitted: {steps:.0} steps at least, {examples:.0} windows at least: critical batch {:.0}",
            fit.critical()
        );
        let by_seed: Vec<String> = (0..SEEDS.len())
            .filter_map(|seed| {
                let of_seed: Vec<_> = pairs.iter().skip(seed).step_by(SEEDS.len()).copied().collect();
                Some(format!("{:.0}", Tradeoff::fit(&of_seed)?.critical()))
            })
            .collect();
        println!("seed by seed the critical batch is {}", by_seed.join(", "));
        let ends = (BATCHES[0] as f64, BATCHES[BATCHES.len() - 1] as f64);
        let grid = (0..=60).map(|i| ends.0 * (ends.1 / ends.0).powf(f64::from(i) / 60.0));
        chart = chart
            .scatter(&format!("to {loss} nats a byte"), pairs.clone())
            .dashes("", grid.map(|batch| (batch, fit.steps_at(batch))));
        tradeoffs.push(fit);
    }
    save(CHAPTER, "batches", &chart.draw()?)?;
    Ok(tradeoffs)
}

/// The noise scale along the run.
fn noise(study: &Study, tradeoffs: &[Tradeoff]) -> Result<()> {
    println!(
        "\nnoise scale in windows along a run with batches of {NOISE_BATCH}, of {WINDOWS} windows, three seeds"
    );
    println!("{:>7}{:>26}{:>30}", "step", "training loss", "noise scale");
    let mut middles = Vec::new();
    for at in NOISE_AT {
        let found: Vec<&Noise> = study.noise.iter().filter(|noise| noise.step == at).collect();
        let list =
            |f: &dyn Fn(&Noise) -> String| found.iter().map(|noise| f(noise)).collect::<Vec<_>>().join(" ");
        let (losses, scales) = (
            list(&|noise| format!("{:>6.3}", noise.loss)),
            list(&|noise| format!("{:>7.1}", noise.scale())),
        );
        println!("{at:>7}{losses:>26}{scales:>30}");
        middles.push((at, median(&found.iter().map(|noise| noise.scale()).collect::<Vec<_>>())));
    }
    let after_the_first = |(step, scale): &(usize, f64)| (*step > 0).then_some((*step as f64, *scale));
    let last = NOISE_AT[NOISE_AT.len() - 1] as f64;
    let first = NOISE_AT[1] as f64;
    let mut chart = Chart::new("Noise scale along a run", "step", "windows")
        .log_x()
        .log_y()
        .line("noise scale", middles.iter().filter_map(after_the_first))
        .scatter(
            "",
            study
                .noise
                .iter()
                .filter(|noise| noise.step > 0)
                .map(|noise| (noise.step as f64, noise.scale())),
        );
    for (target, fit) in TARGETS.iter().zip(tradeoffs) {
        let level = fit.critical();
        chart = chart.dashes(&format!("critical batch to {target} nats"), [(first, level), (last, level)]);
    }
    Ok(save(CHAPTER, "noise", &chart.draw()?)?)
}
