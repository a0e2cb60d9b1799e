//! What is printed.

use super::filter::{How, RATE};
use super::measure::Run;
use super::{CHEAP, COSTLY, OF_EACH, PART, TOKENS, draw};
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::SEEDS;
use anyhow::{Result, ensure};
use data_quality::dirt::Dirt;
use kernels::measured::median;

/// Prints and draws what was measured. `chosen` are the settings of the section on filters.
pub fn report(chosen: (usize, f64)) -> Result<()> {
    ensure!(
        chosen.1 == RATE,
        "the classifier has another rate than when its choice was measured: see RATE"
    );
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nfilters by what a model pays ({ledger})");
    println!(
        "of {} texts, half of them dirt, {TOKENS} tokens are kept; {} seeds, each with its pool",
        2 * OF_EACH,
        SEEDS.len()
    );
    tables(&ledger, COSTLY.0, &COSTLY.1)?;
    tables(&ledger, CHEAP.0, &CHEAP.1)?;
    draw::draw(&ledger)
}

/// One dirt: how well each filter tells it, what it keeps, and what the model pays.
fn tables(ledger: &Ledger<Run>, dirt: Dirt, filters: &[How]) -> Result<()> {
    let truth = ledger.by_seed(dirt, How::Truth)?;
    let of_truth = |seed| truth.iter().find(|run| run.seed == seed).map_or(f64::NAN, |run| run.bits());
    let table = |what: &str, digits: usize, of: &dyn Fn(&Run) -> f64| -> Result<()> {
        println!("\n  {:<34}{:>7}   each seed", format!("{}, {what}", dirt.name()), "middle");
        for &how in filters {
            let values = ledger.values(dirt, how, of)?;
            let each: Vec<String> = values.iter().map(|value| format!("{value:>8.digits$}")).collect();
            println!("    {:<32}{:>7.digits$} {}", how.name(), median(&values), each.concat());
        }
        Ok(())
    };
    table("area", 3, &|run| run.area)?;
    table("dirt kept", 3, &Run::dirt_share)?;
    table("bits", 2, &Run::bits)?;
    table("bits beyond truth", 2, &|run| run.bits() - of_truth(run.seed))
}
