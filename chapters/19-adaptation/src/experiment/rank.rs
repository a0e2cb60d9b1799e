//! The rank of an adapter against what is to be learned: dialects that are equally far from the stories, of one group
//! of heroes and of forty.

use super::CHAPTER;
use super::lab::{Lab, Model, Recipe, SEEDS, Stream, Way};
use super::ledger::Ledger;
use super::rates;
use adaptation::dialect::{Dialect, Offer, beginning, bits};
use adaptation::masked::{Asked, Diet, Example};
use anyhow::{Result, anyhow};
use figures::{Chart, save};
use kernels::measured::{mean_and_error, median};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::path::Path;

const PART: &str = "rank";
/// How far each dialect is from the stories.
const BITS: f64 = 3.0;
const GROUPS: [usize; 2] = [1, 40];
const RANKS: [usize; 4] = [1, 4, 16, 64];
/// Beginnings that choose, and that judge.
const VALIDATION: usize = 150;
const TEST: usize = 400;
const STEPS: usize = 240;
const BATCH: usize = 32;
/// Which dialect of its kind.
const SEED: u64 = 19;

/// What a run is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Job {
    groups: usize,
    way: Way,
    recipe: Recipe,
}

/// What came of it: bits a beginning, above the dialect's own.
#[derive(Debug, Serialize, Deserialize)]
struct Run {
    job: Job,
    validation: f64,
    test: (f64, f64),
    /// Bits an old story above the old floor.
    forgotten: (f64, f64),
}

fn job(groups: usize, way: Way, rate: f64, seed: u64) -> Job {
    Job { groups, way, recipe: Recipe { steps: STEPS, batch: BATCH, rate, seed } }
}

fn ways() -> Vec<Way> {
    let mut ways: Vec<Way> = RANKS.into_iter().map(Way::Lora).collect();
    // As many numbers as rank 4 on all: 4 · (4 · 256 + 2 · 640) = 9216.
    ways.extend([Way::Attention(9), Way::FeedForward(7), Way::Full]);
    ways
}

/// The rate that is tried first.
fn first_rate(way: Way) -> f64 {
    if way == Way::Full { 1e-3 } else { 1e-2 }
}

/// The rates that were tried with the first seed, and bits a validation beginning above the floor.
fn tried(ledger: &Ledger<Run>, groups: usize, way: Way) -> Vec<(f64, f64)> {
    let is = |run: &&Run| (run.job.groups, run.job.way, run.job.recipe.seed) == (groups, way, SEEDS[0]);
    let mut tried: Vec<(f64, f64)> =
        ledger.runs.iter().filter(is).map(|run| (run.job.recipe.rate, run.validation)).collect();
    tried.sort_by(|a, b| a.0.total_cmp(&b.0));
    tried
}

fn best(ledger: &Ledger<Run>, groups: usize, way: Way) -> Option<f64> {
    rates::best(&tried(ledger, groups, way))
}

/// What is to be tried next.
fn next(ledger: &Ledger<Run>, groups: usize, way: Way) -> Vec<Job> {
    let rates = rates::next(&tried(ledger, groups, way), first_rate(way)).into_iter();
    rates.map(|rate| job(groups, way, rate, SEEDS[0])).collect()
}

fn cell(ledger: &Ledger<Run>, groups: usize, way: Way) -> Result<Vec<&Run>> {
    let rate = best(ledger, groups, way).ok_or_else(|| anyhow!("no rate was tried for {}", way.name()))?;
    let run = |seed| {
        let job = job(groups, way, rate, seed);
        ledger
            .runs
            .iter()
            .find(|run| run.job == job)
            .ok_or_else(|| anyhow!("this was not measured: {job:?}"))
    };
    SEEDS.into_iter().map(run).collect()
}

/// Trains all models: at three rates or more, with one seed, then with all seeds at the best of them.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let (lab, mut ledger) = (Lab::trained(folder)?, Ledger::open(PART, date)?);
    let fill = |ledger: &mut Ledger<Run>, jobs: &[Job]| {
        ledger.fill(PART, jobs, |run, job| run.job == *job, |job| run(&lab, job))
    };
    let cells = || GROUPS.into_iter().flat_map(|groups| ways().into_iter().map(move |way| (groups, way)));
    loop {
        let jobs: Vec<Job> = cells().flat_map(|(groups, way)| next(&ledger, groups, way)).collect();
        if jobs.is_empty() {
            break;
        }
        fill(&mut ledger, &jobs)?;
    }
    let mut jobs = Vec::new();
    for seed in SEEDS {
        for (groups, way) in cells() {
            let rate = best(&ledger, groups, way).ok_or_else(|| anyhow!("no rate was tried"))?;
            jobs.push(job(groups, way, rate, seed));
        }
    }
    fill(&mut ledger, &jobs)
}

fn dialect(groups: usize) -> Dialect {
    Dialect::with_bits(BITS, groups, SEED).expect("a few bits can be had")
}

fn beginnings(dialect: &Dialect, mut rng: ChaCha8Rng, count: usize) -> Vec<String> {
    (0..count).map(|_| dialect.tell_beginning(&mut rng)).collect()
}

/// Trains a model, and judges it.
fn run(lab: &Lab, job: Job) -> Result<Run> {
    let (dialect, Recipe { steps, batch, seed, .. }) = (dialect(job.groups), job.recipe);
    let as_example = |text: &String| lab.plain(text).map_err(|reason| anyhow!(reason));
    let read = beginnings(&dialect, Stream::Learned(seed).generator(), steps * batch);
    let read = read.iter().map(as_example).collect::<Result<Vec<Example>>>()?;
    let model = lab.adapt(job.way, job.recipe, &Diet::new(read, Asked::All)?)?;
    Ok(Run {
        job,
        validation: above(
            lab,
            &dialect,
            &model,
            &beginnings(&dialect, Stream::Validation.generator(), VALIDATION),
        )?
        .0,
        test: above(lab, &dialect, &model, &beginnings(&dialect, Stream::Test.generator(), TEST))?,
        forgotten: lab.forgotten(&model)?,
    })
}

/// Bits a text above what it costs whoever knows the dialect.
fn above(lab: &Lab, dialect: &Dialect, model: &Model, texts: &[String]) -> Result<(f64, f64)> {
    let offer: Offer<'_> = &|beat, plot| dialect.offer(beat, plot);
    let cost = |text: &String| -> Result<f64> {
        let floor =
            bits(text, beginning(), offer).ok_or_else(|| anyhow!("{text} is none of the dialect"))?;
        let example = lab.plain(text).map_err(|reason| anyhow!(reason))?;
        Ok(gpt::evaluate::bits(model, example.tokens()).iter().sum::<f64>() - floor)
    };
    Ok(mean_and_error(&texts.iter().map(cost).collect::<Result<Vec<_>>>()?))
}

/// What a dialect of so many groups is called.
fn named(groups: usize) -> &'static str {
    if groups == 1 { "one way for all heroes" } else { "forty heroes, forty ways" }
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nRank ({}, {})", ledger.processor, ledger.date);
    for groups in GROUPS {
        let dialect = dialect(groups);
        println!(
            "{}: {:.2} bits a story to learn, {:.2} at least to forget",
            named(groups),
            dialect.to_learn(),
            dialect.to_forget()
        );
    }
    println!(
        "{STEPS} steps of {BATCH} beginnings; rates, one seed: bits a beginning above the dialect's floor"
    );
    for groups in GROUPS {
        for way in ways() {
            let rates: Vec<String> = tried(&ledger, groups, way)
                .iter()
                .map(|(rate, bits)| format!("   {rate}: {bits:.2}"))
                .collect();
            let rates = rates.concat();
            println!("  {:<54}{rates}", format!("{}, {}", named(groups), way.name()));
        }
    }
    println!(
        "seed by seed: bits a beginning above the dialect's floor; bits an old story above the old floor"
    );
    let mut chart =
        Chart::new("Rank against what is to be learned", "rank", "bits above the dialect's floor");
    for groups in GROUPS {
        for way in ways() {
            let runs = cell(&ledger, groups, way)?;
            let row = |of: fn(&Run) -> f64| {
                runs.iter().map(|run| format!("{:>7.2}", of(run))).collect::<Vec<String>>().concat()
            };
            let name = format!("{}, {}", named(groups), way.name());
            let (learned, forgotten) = (row(|run| run.test.0), row(|run| run.forgotten.0));
            println!(
                "  {name:<54}{:>9} numbers{learned}   {forgotten}   ± {:.2}",
                way.parameters(),
                runs[0].test.1
            );
        }
        let point = |rank: usize| -> Result<(f64, f64)> {
            let runs = cell(&ledger, groups, Way::Lora(rank))?;
            Ok((rank as f64, median(&runs.iter().map(|run| run.test.0).collect::<Vec<_>>())))
        };
        let line = RANKS.into_iter().map(point).collect::<Result<Vec<_>>>()?;
        let full = cell(&ledger, groups, Way::Full)?;
        let full = median(&full.iter().map(|run| run.test.0).collect::<Vec<_>>());
        let [first, .., last] = RANKS;
        let name = named(groups);
        chart = chart
            .line(name, line)
            .dashes(&format!("{name}, all weights"), [(first as f64, full), (last as f64, full)]);
    }
    Ok(save(CHAPTER, "rank", &chart.log_x().draw()?)?)
}
