//! Prints what was seen.

use super::draw;
use super::record::{Learned, PART, Snapshot};
use crate::experiment::ledger::Ledger;
use anyhow::Result;
use language_models::story::KINDS;

/// Steps between the rows that are printed.
const ROWS: usize = 200;
/// Over how many steps a fall is looked for, and from which step on: before, everything falls.
const FALL: usize = 200;
const FROM: usize = 400;

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Learned>::load(PART)?;
    println!("\nThe cliff ({}, {})", ledger.processor, ledger.date);
    println!(
        "bits a token beyond the truth, by what it asks; of random tokens, their bits at first and again;"
    );
    println!(
        "the largest score of a head: behind the prefix, on the token before, on the name that comes next"
    );
    for run in &ledger.runs {
        println!("{}", name(run));
        let kinds: String = KINDS.iter().map(|(_, what)| format!("{what:>20}")).collect();
        println!("  step{kinds}   at first    again   prefix   before     name");
        for snapshot in run.snapshots.iter().filter(|snapshot| snapshot.step.is_multiple_of(ROWS)) {
            println!("{}", row(snapshot));
        }
        if run.snapshots.last().is_some_and(|last| !last.step.is_multiple_of(ROWS)) {
            println!("{}", row(&run.snapshots[run.snapshots.len() - 1]));
        }
        for (kind, (_, what)) in KINDS.iter().enumerate() {
            if let Some((from, to)) = steepest(run, kind) {
                println!(
                    "  {}, {what}: most in {FALL} steps is from {:.3} at step {} to {:.3} at step {}",
                    name(run),
                    from.bits[kind],
                    from.step,
                    to.bits[kind],
                    to.step
                );
            }
        }
    }
    draw::draw(&ledger.runs)
}

/// What a run is called.
pub fn name(run: &Learned) -> String {
    let blocks = if run.layers == 1 { "1 block".to_owned() } else { format!("{} blocks", run.layers) };
    format!("{blocks}, seed {}", run.seed)
}

fn row(snapshot: &Snapshot) -> String {
    let bits: String = snapshot.bits.iter().map(|bits| format!("{bits:20.3}")).collect();
    let [first, again] = snapshot.halves;
    let [prefix, previous, fetch] =
        [&snapshot.prefix, &snapshot.previous, &snapshot.fetch].map(|scores| largest(scores));
    format!("{:6}{bits}{first:11.2}{again:9.2}{prefix:9.2}{previous:9.2}{fetch:9.2}", snapshot.step)
}

fn largest(scores: &[f64]) -> f64 {
    scores.iter().copied().fold(0.0, f64::max)
}

/// Between which two looks, so many steps apart, a kind falls most, as a ratio.
pub fn steepest(run: &Learned, kind: usize) -> Option<(&Snapshot, &Snapshot)> {
    let pairs = run
        .snapshots
        .iter()
        .filter(|from| from.step >= FROM)
        .filter_map(|from| Some((from, run.snapshots.iter().find(|to| to.step == from.step + FALL)?)));
    let ratio = |(from, to): &(&Snapshot, &Snapshot)| to.bits[kind] / from.bits[kind];
    pairs.min_by(|a, b| ratio(a).total_cmp(&ratio(b)))
}
