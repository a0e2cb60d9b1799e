//! What is printed.

use super::line::Line;
use super::plan::{by_seed, rate, tried};
use super::record::{Job, Run};
use super::{OF_EACH, PART, TOKENS};
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::FEW;
use crate::experiment::table::row;
use anyhow::Result;
use data_quality::price::bound;
use language_models::story::KINDS;

/// Two lines and what the first costs more.
const DIFFERENCES: [(&str, Line, Line); 5] = [
    ("dirt and missing text together", Line::All, Line::Clean),
    ("missing text, in all the steps", Line::HalfTwice, Line::Clean),
    ("dirt, in all the steps", Line::All, Line::HalfTwice),
    ("dirt, instead of fewer steps", Line::All, Line::HalfOnce),
    ("what the classifier leaves", Line::Classifier, Line::Clean),
];

/// Something of each run of a line at its rate, seed by seed.
pub fn values(ledger: &Ledger<Run>, line: Line, of: impl Fn(&Run) -> f64) -> Result<Vec<f64>> {
    Ok(by_seed(ledger, line)?.into_iter().map(of).collect())
}

/// What one line costs more than another, seed by seed: of one kind of knowledge, or of all.
pub fn more(ledger: &Ledger<Run>, lines: [Line; 2], kind: Option<usize>) -> Result<Vec<f64>> {
    let bits = |run: &Run| kind.map_or_else(|| run.bits(), |kind| run.above[kind]);
    let [a, b] = lines.map(|line| values(ledger, line, bits));
    Ok(a?.iter().zip(b?).map(|(a, b)| a - b).collect())
}

/// Prints what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nthe price of a corpus ({ledger})");
    println!(
        "models that begin with nothing read {TOKENS} tokens, of a pool of {} texts; half of all texts are",
        2 * OF_EACH
    );
    println!("shuffled sentences; rates, one seed: bits a validation story above the floor");
    for line in Line::EACH {
        let rates: Vec<String> =
            tried(&ledger, line).iter().map(|(rate, bits)| format!("   {rate}: {bits:.1}")).collect();
        println!("  {:<28}{}   best {}", line.name(), rates.concat(), rate(&ledger, line)?);
    }
    println!(
        "each at its best rate, three seeds: texts; the share of dirt; bits a test story above the floor"
    );
    for line in Line::EACH {
        let texts = row(&values(&ledger, line, |run| run.texts as f64)?, 7, 0);
        let share = row(&values(&ledger, line, Run::dirt_share)?, 7, 3);
        let bits = row(&values(&ledger, line, Run::bits)?, 9, 2);
        println!("  {:<28}{texts}   {share}   {bits}", line.name());
    }
    println!("seed {}, made on both processors: bits a test story above the floor", FEW[0]);
    for line in Line::EACH {
        let job = Job { line, seed: FEW[0], rate: rate(&ledger, line)? };
        let bits: Vec<f64> = ledger.runs().filter(|run| run.is(job)).map(Run::bits).collect();
        if bits.len() > 1 {
            println!("  {:<28}{}", line.name(), row(&bits, 9, 2));
        }
    }
    println!("what that costs: bits a test story, seed by seed");
    for (name, a, b) in DIFFERENCES {
        println!("  {name:<48}{}", row(&more(&ledger, [a, b], None)?, 8, 2));
    }
    println!("the same by kind of knowledge");
    for (name, a, b) in DIFFERENCES {
        for (kind, (_, what)) in KINDS.iter().enumerate() {
            let more = more(&ledger, [a, b], Some(kind))?;
            println!("  {:<58}{}", format!("{name}: {what}"), row(&more, 8, 2));
        }
    }
    println!("  the perfect learner pays at most {:.2} bits for half dirt", bound(0.5));
    println!("how much of what a second reading of the clean half teaches is taught by dirt in its place");
    println!("  {:<48}{}", Line::All.name(), row(&taught(&ledger, Line::All)?, 8, 2));
    Ok(())
}

/// What dirt teaches, by what is taught by the clean half in its place, read a second time.
fn taught(ledger: &Ledger<Run>, line: Line) -> Result<Vec<f64>> {
    let [dirty, again] = [line, Line::HalfTwice].map(|line| more(ledger, [Line::HalfOnce, line], None));
    Ok(dirty?.into_iter().zip(again?).map(|(dirty, again)| dirty / again).collect())
}
