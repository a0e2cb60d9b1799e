//! Learned by heart: fewer stories read more often, and few stories among many, by models of three sizes.
//!
//! All read the *beginnings* of stories, as many tokens as they have room for, so that within seconds a
//! model comes near the floor, and what is memory can be told from what is not known yet.

mod epochs;
mod record;
mod sizes;
mod tenth;

use super::ledger::Ledger;
use super::setup::{SEEDS, SMALL, tokenizer_of_beginnings};
use anyhow::{Result, anyhow};
use language_models::story::exact_entropy;
use record::{Diet, Job, Run};
use sizes::{MIDDLE, SIZES};

const PART: &str = "memorisation";
/// How often each story is read where all are read equally often.
const EPOCHS: [usize; 6] = [1, 2, 4, 8, 16, 64];
/// How often each story of the tenth that is repeated is read.
const REPEATED: [usize; 5] = [2, 6, 24, 96, 384];
/// The highest learning rate that is tried first; the others are this one doubled and halved.
const FIRST_RATE: f64 = 8e-3;

/// Diets whose rate is chosen: for the middle size each number of epochs, for the others different
/// stories.
fn chosen() -> Vec<(usize, Diet)> {
    let middle = EPOCHS.map(|times| (MIDDLE.model, Diet::epochs(times)));
    let others = SIZES.iter().filter(|shape| **shape != MIDDLE);
    middle.into_iter().chain(others.map(|shape| (shape.model, Diet::DIFFERENT))).collect()
}

/// Trains all models: first at all rates, with one seed, then with all seeds at the best of them.
pub fn measure(date: &str) -> Result<()> {
    let mut ledger = Ledger::open(PART, date)?;
    let tokenizer = tokenizer_of_beginnings(MIDDLE.vocabulary)?;
    let fill = |ledger: &mut Ledger<Run>, jobs: &[Job]| {
        ledger.fill(PART, jobs, |run, job| run.job == *job, |job| sizes::run(&tokenizer, job))
    };
    loop {
        let jobs: Vec<Job> = chosen().into_iter().flat_map(|cell| next_rates(&ledger, cell)).collect();
        if jobs.is_empty() {
            break;
        }
        fill(&mut ledger, &jobs)?;
    }
    let mut jobs = Vec::new();
    for (width, diet) in chosen().into_iter().chain(tenth::diets()) {
        let rate = rate(&ledger, width, diet)?;
        jobs.extend(SEEDS.map(|seed| Job { width, diet, rate, seed }));
    }
    fill(&mut ledger, &jobs)
}

/// The runs with the first seed, by rate.
fn tried(ledger: &Ledger<Run>, width: usize, diet: Diet) -> Vec<&Run> {
    let is = |run: &&Run| (run.job.width, run.job.diet, run.job.seed) == (width, diet, SEEDS[0]);
    let mut runs: Vec<&Run> = ledger.runs.iter().filter(is).collect();
    runs.sort_by(|a, b| a.job.rate.total_cmp(&b.job.rate));
    runs
}

/// The best rate for a diet by the validation stories. Where a part is repeated it is that of different
/// stories.
fn rate(ledger: &Ledger<Run>, width: usize, diet: Diet) -> Result<f64> {
    let diet = if chosen().contains(&(width, diet)) { diet } else { Diet::DIFFERENT };
    let runs = tried(ledger, width, diet).into_iter();
    let best = runs.min_by(|a, b| a.validation.total_cmp(&b.validation));
    Ok(best.ok_or_else(|| anyhow!("no rate was tried for width {width}, {}", diet.name()))?.job.rate)
}

/// What is to be tried next: twice and half the best rate, until both are worse.
fn next_rates(ledger: &Ledger<Run>, (width, diet): (usize, Diet)) -> Vec<Job> {
    let best = rate(ledger, width, diet);
    let rates = best.map_or(vec![FIRST_RATE], |best| vec![best / 2.0, best * 2.0]);
    let jobs = rates.into_iter().map(|rate| Job { width, diet, rate, seed: SEEDS[0] });
    jobs.filter(|job| !ledger.runs.iter().any(|run| run.job == *job)).collect()
}

/// The runs of a diet at its rate, by seed.
fn cell(ledger: &Ledger<Run>, width: usize, diet: Diet) -> Result<Vec<&Run>> {
    let rate = rate(ledger, width, diet)?;
    let run = |seed| {
        let job = Job { width, diet, rate, seed };
        let run = ledger.runs.iter().find(|run| run.job == job);
        run.ok_or_else(|| anyhow!("this was not measured: {job:?}"))
    };
    SEEDS.into_iter().map(run).collect()
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nLearned by heart ({}, {})", ledger.processor, ledger.date);
    println!(
        "models read the first {} tokens of {} stories; three seeds; a whole story costs {:.1} bits by the",
        MIDDLE.max_context,
        SMALL.texts,
        exact_entropy().bits
    );
    println!("grammar, on average, and what they read of a test story {:.1}", ledger.runs[0].floor);
    for shape in SIZES {
        println!("  width {}: {} parameters", shape.model, shape.total());
    }
    println!("rates, one seed: bits a validation story above the floor");
    for (width, diet) in chosen() {
        let runs = tried(&ledger, width, diet);
        let rates: Vec<String> =
            runs.iter().map(|run| format!("   {}: {:.1}", run.job.rate, run.validation)).collect();
        let name = format!("width {width}, {}", diet.name());
        println!("  {name:<32}{}   best {}", rates.concat(), rate(&ledger, width, diet)?);
    }
    epochs::report(&ledger)?;
    tenth::report(&ledger)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_best_rate_is_at_the_end_of_those_that_were_tried() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        for (width, diet) in chosen() {
            let (runs, best) = (tried(&ledger, width, diet), rate(&ledger, width, diet).unwrap());
            let (first, last) = (runs[0].job.rate, runs[runs.len() - 1].job.rate);
            assert!(first < best && best < last, "{width}, {}: {best}", diet.name());
            assert!(next_rates(&ledger, (width, diet)).is_empty());
        }
    }
}
