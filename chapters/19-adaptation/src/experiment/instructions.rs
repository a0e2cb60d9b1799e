//! How well instructions are followed: by number of examples, and by whether the loss is about the answer only or
//! about the prompt, too.

use super::CHAPTER;
use super::instructed::{Followed, Job, Run, TEST, run};
use super::lab::{Lab, Recipe, SEEDS, Way};
use super::ledger::Ledger;
use super::rates;
use adaptation::instruct::{ASKED, by_chance};
use anyhow::{Result, anyhow};
use figures::{Chart, save};
use kernels::measured::median;
use std::path::Path;

const PART: &str = "instructions";
const EXAMPLES: [usize; 5] = [10, 30, 100, 300, 1000];
/// Where the prompt is asked, too.
const ASKS_ALL: [usize; 2] = [30, 300];
/// Where rates are chosen, and which is tried first.
const CHOSEN_AT: usize = 300;
const FIRST_RATE: f64 = 1e-3;
const STEPS: usize = 150;
const BATCH: usize = 8;

fn job(examples: usize, asks_all: bool, rate: f64, seed: u64) -> Job {
    Job {
        examples,
        asks_all,
        way: Way::Full,
        old: 0,
        recipe: Recipe { steps: STEPS, batch: BATCH, rate, seed },
    }
}

/// The model that has seen no instruction.
const BEFORE: Job = Job {
    examples: 0,
    asks_all: false,
    way: Way::Full,
    old: 0,
    recipe: Recipe { steps: 0, batch: BATCH, rate: 0.0, seed: 0 },
};

fn found<'a>(ledger: &'a Ledger<Run>, job: &Job) -> Result<&'a Run> {
    ledger.runs.iter().find(|run| run.job == *job).ok_or_else(|| anyhow!("this was not measured: {job:?}"))
}

/// How many examples there are on each side.
fn sizes(asks_all: bool) -> &'static [usize] {
    if asks_all { &ASKS_ALL } else { &EXAMPLES }
}

/// The rates that were tried, and bits a validation answer above the floor.
fn tried(ledger: &Ledger<Run>, asks_all: bool) -> Vec<(f64, f64)> {
    let is = |run: &&Run| run.job == job(CHOSEN_AT, asks_all, run.job.recipe.rate, SEEDS[0]);
    let mut tried: Vec<(f64, f64)> =
        ledger.runs.iter().filter(is).map(|run| (run.job.recipe.rate, run.validation)).collect();
    tried.sort_by(|a, b| a.0.total_cmp(&b.0));
    tried
}

fn rate(ledger: &Ledger<Run>, asks_all: bool) -> Result<f64> {
    rates::best(&tried(ledger, asks_all)).ok_or_else(|| anyhow!("no rate was tried"))
}

fn cell(ledger: &Ledger<Run>, examples: usize, asks_all: bool) -> Result<Vec<&Run>> {
    let rate = rate(ledger, asks_all)?;
    SEEDS.into_iter().map(|seed| found(ledger, &job(examples, asks_all, rate, seed))).collect()
}

/// Trains all models: first at several rates, with one seed, then with all seeds at the best of them.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let (lab, mut ledger) = (Lab::trained(folder)?, Ledger::open(PART, date)?);
    let fill = |ledger: &mut Ledger<Run>, jobs: &[Job]| {
        ledger.fill(PART, jobs, |run, job| run.job == *job, |job| run(&lab, job))
    };
    fill(&mut ledger, &[BEFORE])?;
    loop {
        let next = |asks_all| {
            let rates = rates::next(&tried(&ledger, asks_all), FIRST_RATE).into_iter();
            rates.map(move |rate| job(CHOSEN_AT, asks_all, rate, SEEDS[0]))
        };
        let jobs: Vec<Job> = [false, true].into_iter().flat_map(next).collect();
        if jobs.is_empty() {
            break;
        }
        fill(&mut ledger, &jobs)?;
    }
    let mut jobs = Vec::new();
    for seed in SEEDS {
        for asks_all in [false, true] {
            let rate = rate(&ledger, asks_all)?;
            jobs.extend(sizes(asks_all).iter().map(|&examples| job(examples, asks_all, rate, seed)));
        }
    }
    fill(&mut ledger, &jobs)
}

fn named(asks_all: bool) -> &'static str {
    if asks_all { "prompt and answer" } else { "answer only" }
}

/// Prints a table: of every cell what `of` says of each of its runs.
fn table(ledger: &Ledger<Run>, head: &str, of: impl Fn(&Run) -> String) -> Result<()> {
    println!("\n{head}");
    println!("  {:<36}{}", "before", of(found(ledger, &BEFORE)?));
    for asks_all in [false, true] {
        for &examples in sizes(asks_all) {
            let columns: Vec<String> = cell(ledger, examples, asks_all)?.into_iter().map(&of).collect();
            println!("  {:<36}{}", format!("{}, {examples} examples", named(asks_all)), columns.concat());
        }
    }
    Ok(())
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("Instructions ({}, {})", ledger.processor, ledger.date);
    println!("{STEPS} steps of {BATCH} examples, all weights; {TEST} instructions that no example has");
    println!("by chance");
    for slot in ASKED {
        println!("  {:<12}{:>6.1} %", format!("{slot:?}").to_lowercase(), 100.0 * by_chance(slot));
    }
    println!("rates, {CHOSEN_AT} examples, one seed: bits a validation answer above the floor");
    for asks_all in [false, true] {
        let tried: Vec<String> =
            tried(&ledger, asks_all).iter().map(|(rate, bits)| format!("   {rate}: {bits:.2}")).collect();
        println!("  {:<20}{}   best {}", named(asks_all), tried.concat(), rate(&ledger, asks_all)?);
    }
    let count = |count: usize| format!("{count:>6}");
    let share = |followed: Followed, count: usize| format!("{count:>6} of {:<3}", followed.of);
    table(&ledger, "all four slots as asked for, seed by seed", |run| count(run.usual.all))?;
    table(&ledger, "valid stories, seed by seed", |run| count(run.usual.valid))?;
    table(&ledger, "valid and all four, seed by seed", |run| count(run.usual.both))?;
    for (slot, name) in ["trait", "hero", "object", "season"].into_iter().enumerate() {
        table(&ledger, &format!("the {name} as asked for, seed by seed"), |run| {
            count(run.usual.slots[slot])
        })?;
    }
    table(&ledger, "the hero's name where no example has it", |run| {
        share(run.new_names, run.new_names.slots[1])
    })?;
    table(&ledger, "asked in other words: all four", |run| share(run.other, run.other.all))?;
    table(&ledger, "asked in other words: the hero's name", |run| share(run.other, run.other.slots[1]))?;
    table(&ledger, "bits an answer above the floor, seed by seed", |run| {
        format!("{:>7.1}", run.answers.0)
    })?;
    table(&ledger, "bits an old story above the floor, seed by seed", |run| {
        format!("{:>7.1}", run.forgotten.0)
    })?;
    draw(&ledger)
}

/// Draws how many instructions are followed, by number of examples: medians over the seeds.
fn draw(ledger: &Ledger<Run>) -> Result<()> {
    let mut chart =
        Chart::new("Instructions that are followed", "examples", "share of the instructions").log_x();
    let share = |asks_all: bool, of: fn(&Run) -> f64| -> Result<Vec<(f64, f64)>> {
        let point = |examples: usize| {
            let shares: Vec<f64> = cell(ledger, examples, asks_all)?.into_iter().map(of).collect();
            Ok((examples as f64, median(&shares)))
        };
        sizes(asks_all).iter().copied().map(point).collect()
    };
    let all = |run: &Run| run.usual.all as f64 / run.usual.of as f64;
    let hero = |run: &Run| run.usual.slots[1] as f64 / run.usual.of as f64;
    let valid = |run: &Run| run.usual.valid as f64 / run.usual.of as f64;
    chart = chart.line("hero's name", share(false, hero)?).line("all four", share(false, all)?);
    chart = chart.line("all four, prompt asked too", share(true, all)?).line("valid", share(false, valid)?);
    Ok(save(CHAPTER, "instructions", &chart.y_range(0.0, 1.0).draw()?)?)
}
