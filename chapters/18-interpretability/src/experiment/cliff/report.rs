//! Prints what was seen.

use super::draw;
use super::record::{Learned, PART, Snapshot};
use super::watch::even_prefix;
use crate::experiment::ledger::Ledger;
use crate::experiment::table::{head, row};
use anyhow::Result;
use language_models::story::KINDS;

/// Steps between the rows that are printed, and over which a fall is looked for.
const ROWS: usize = 200;
/// From which step on it is looked for: before, everything falls.
const FROM: usize = 800;

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Learned>::load(PART)?;
    println!("\nThe cliff ({}, {})", ledger.processor, ledger.date);
    println!(
        "bits a token beyond the truth, by what comes; of random tokens, their bits at first and again;"
    );
    println!(
        "the largest score of a head: behind the prefix, on the token before, on the name that comes next,"
    );
    println!("right behind it, on the other's (– where that was not looked at)");
    println!("a head that looks evenly scores {:.4} behind the prefix", even_prefix());
    for run in &ledger.runs {
        println!("{}, step by step", run.name());
        let kinds = head(KINDS.iter().map(|(_, what)| *what), 20);
        println!("  step{kinds}   at first    again   prefix   before     name   behind    other");
        let last = run.snapshots.last().map_or(0, |last| last.step);
        let shown = |snapshot: &&Snapshot| snapshot.step.is_multiple_of(ROWS) || snapshot.step == last;
        run.snapshots.iter().filter(shown).for_each(|snapshot| println!("{}", line(snapshot)));
        for without in &run.without {
            let heads: Vec<String> =
                without.heads.iter().map(|(block, head)| format!("{block}.{head}")).collect();
            let what = format!("{}, at {} without {}:", run.name(), without.step, heads.join(" "));
            println!("  {what:<40}{}", row(&without.bits, 20, 3));
        }
        if let Some(without) = run.without.first() {
            without.heads.iter().for_each(|&head| looks(run, head));
        }
        fall(run);
    }
    draw::draw(&ledger.runs)
}

/// Prints where one head looks, where a name comes next.
fn looks(run: &Learned, (block, head): (usize, usize)) {
    for snapshot in &run.snapshots {
        let at = block * snapshot.fetch.len() / run.layers + head;
        println!(
            "  {}, at {} head {block}.{head}: {:.3} on the name, {:.3} right behind it, {:.3} on the other's",
            run.name(),
            snapshot.step,
            snapshot.fetch[at],
            snapshot.behind[at],
            snapshot.other[at]
        );
    }
}

fn line(snapshot: &Snapshot) -> String {
    let [first, again] = snapshot.halves;
    let scores = [&snapshot.prefix, &snapshot.previous, &snapshot.fetch, &snapshot.behind, &snapshot.other];
    let scores: Vec<String> = scores.map(|scores| largest(scores)).into_iter().collect();
    format!("{:6}{}{first:11.2}{again:9.2}{}", snapshot.step, row(&snapshot.bits, 20, 3), scores.concat())
}

fn largest(scores: &[f64]) -> String {
    let largest = scores.iter().copied().max_by(f64::total_cmp);
    largest.map_or(format!("{:>9}", "–"), |score| format!("{score:9.3}"))
}

/// Bits a token over all kinds, from those of each kind.
pub fn shares(run: &Learned, snapshot: &Snapshot) -> [f64; KINDS.len()] {
    let all: usize = run.tokens.iter().sum();
    std::array::from_fn(|kind| snapshot.bits[kind] * run.tokens[kind] as f64 / all as f64)
}

fn sum(run: &Learned, snapshot: &Snapshot) -> f64 {
    shares(run, snapshot).iter().sum()
}

/// Between which two looks the sum of all kinds falls most, after the first hundreds of steps.
pub fn steepest(run: &Learned) -> Option<(&Snapshot, &Snapshot)> {
    let at = |step: usize| run.snapshots.iter().find(|snapshot| snapshot.step == step);
    let windows = (FROM..).step_by(ROWS).map_while(|step| Some((at(step)?, at(step + ROWS)?)));
    let fall = |(from, to): &(&Snapshot, &Snapshot)| sum(run, from) - sum(run, to);
    windows.max_by(|a, b| fall(a).total_cmp(&fall(b)))
}

/// Prints in which steps the sum falls most, and what each kind has to do with it.
fn fall(run: &Learned) {
    let Some((from, to)) = steepest(run) else { return };
    println!(
        "  {}: falls most from step {} to {}, from {:.3} to {:.3} bits a token; of this",
        run.name(),
        from.step,
        to.step,
        sum(run, from),
        sum(run, to)
    );
    let (before, after) = (shares(run, from), shares(run, to));
    let all: usize = run.tokens.iter().sum();
    for (kind, (_, what)) in KINDS.iter().enumerate() {
        let (falls, tokens) = (before[kind] - after[kind], run.tokens[kind]);
        println!("    {}, {what}: {falls:.4} ({tokens} of {all} tokens)", run.name());
    }
}
