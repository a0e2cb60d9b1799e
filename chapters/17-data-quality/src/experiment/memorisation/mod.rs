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
use super::setup::{FEW, SMALL, tokenizer_of_beginnings};
use super::table::row;
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
        jobs.extend(FEW.map(|seed| Job { width, diet, rate, seed }));
    }
    fill(&mut ledger, &jobs)
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nLearned by heart ({ledger})");
    println!(
        "models read the first {} tokens of {} stories; three seeds; a whole story costs {:.1} bits by the",
        MIDDLE.max_context,
        SMALL.texts,
        exact_entropy().bits
    );
    println!("grammar, on average, and what they read of a test story {:.1}", floor(&ledger));
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
    at_each_rate(&ledger);
    epochs::report(&ledger)?;
    tenth::report(&ledger)
}

/// Bits that a test story costs by the grammar, as far as it is read: the same of all runs.
fn floor(ledger: &Ledger<Run>) -> f64 {
    ledger.runs().next().expect("models were trained").floor
}

/// Prints how much the rate decides, of new stories and of what is known by heart.
fn at_each_rate(ledger: &Ledger<Run>) {
    println!(
        "\nat each of these rates, one seed: bits a test story above the floor, at all words and at open"
    );
    println!("ones; bits a story by heart, and of all stories that are read again and again");
    for (width, diet) in chosen() {
        for run in tried(ledger, width, diet) {
            let name = format!("width {width}, rate {}: {}", run.job.rate, diet.name());
            let new = row(&[run.total(), run.open()], 8, 1);
            let all = if diet.again > 0 { run.by_heart * diet.again as f64 } else { 0.0 };
            println!("  {name:<46}{new}   {}   {all:>5.0}", row(&[run.by_heart], 7, 2));
        }
    }
    let floor = floor(ledger);
    println!("by the grammar so many beginnings cost, if they are like the test's");
    for times in &plan::EPOCHS[1..] {
        let stories = record::Diet::epochs(*times).again;
        println!("  {stories:>4} beginnings: {:.0} bits", stories as f64 * floor);
    }
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
