//! Learned by heart: fewer stories read more often, and few stories among many, by models of three sizes.
//!
//! All read the *beginnings* of stories, as many tokens as they have room for, so that within seconds a
//! model comes near the floor, and what is memory can be told from what is not known yet.

mod epochs;
mod plan;
mod record;
mod sizes;
mod tenth;

use super::ledger::Ledger;
use super::setup::{SEEDS, SMALL, tokenizer_of_beginnings};
use anyhow::Result;
use language_models::story::exact_entropy;
use plan::{PART, chosen, next_rates, rate, tried};
use record::{Job, Run};
use sizes::{MIDDLE, SIZES};

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
