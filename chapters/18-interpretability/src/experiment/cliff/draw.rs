//! Draws what was seen.

use super::record::{Learned, Snapshot};
use crate::experiment::{CHAPTER, SEEDS};
use anyhow::{Context, Result};
use figures::{Chart, save};
use interpretability::hooks::Head;
use interpretability::pairs::values;
use language_models::story::{KINDS, Slot};

/// Heads that are drawn.
const DRAWN: usize = 4;

/// Draws the kinds, names with all seeds and with one block, and each seed's heads.
pub fn draw(runs: &[Learned]) -> Result<()> {
    if let Some(run) = find(runs, 4, SEEDS[0]) {
        let title = format!("What a token costs beyond the truth: {}", run.name());
        let mut chart = Chart::new(&title, "step", "bits").log_y();
        for (kind, (_, what)) in KINDS.iter().enumerate() {
            chart = chart.line(what, points(run, |snapshot| snapshot.bits[kind]));
        }
        save(CHAPTER, "kinds", &chart.draw()?)?;
    }
    let names = Learned::kind("names told before");
    let mut chart = Chart::new("Names told before, all seeds", "step", "bits beyond the truth").log_y();
    for layers in [4, 1] {
        for seed in SEEDS {
            let Some(run) = find(runs, layers, seed) else { continue };
            let line = points(run, |snapshot| snapshot.bits[names]);
            chart =
                if layers == 4 { chart.line(&run.name(), line) } else { chart.dashes(&run.name(), line) };
        }
    }
    let guess = (values(Slot::Hero) as f64).log2();
    chart = chart.dashes("a guess", [(50.0, guess), (2300.0, guess)]);
    save(CHAPTER, "names", &chart.draw()?)?;
    for (seed, file) in SEEDS.into_iter().zip(["heads-1337", "heads-1", "heads-2"]) {
        if let Some(run) = find(runs, 4, seed) {
            heads(run, file)?;
        }
    }
    Ok(())
}

/// The heads that look at the name most at the end, over time.
fn heads(run: &Learned, file: &str) -> Result<()> {
    let last = run.snapshots.last().context("a run has snapshots")?;
    let all = Head::all(run.layers, last.fetch.len() / run.layers);
    // Right behind the name as well, where that was looked at.
    let look = |snapshot: &Snapshot, head: usize| {
        snapshot.fetch[head] + snapshot.behind.get(head).copied().unwrap_or_default()
    };
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|&a, &b| look(last, b).total_cmp(&look(last, a)));
    let or_behind = if last.behind.is_empty() { "" } else { ", or right behind it" };
    let title = format!("Looks at the name that comes next{or_behind}: {}", run.name());
    let mut chart = Chart::new(&title, "step", "share of the look");
    for &head in order.iter().take(DRAWN) {
        let Head { block, head: number } = all[head];
        chart = chart.line(&format!("head {block}.{number}"), points(run, |snapshot| look(snapshot, head)));
    }
    Ok(save(CHAPTER, file, &chart.draw()?)?)
}

/// A run, if it was made yet.
fn find(runs: &[Learned], layers: usize, seed: u64) -> Option<&Learned> {
    runs.iter().find(|run| (run.layers, run.seed) == (layers, seed))
}

/// A line over the steps.
fn points(run: &Learned, number: impl Fn(&Snapshot) -> f64) -> Vec<(f64, f64)> {
    run.snapshots
        .iter()
        .filter(|snapshot| snapshot.step > 0)
        .map(|snapshot| (snapshot.step as f64, number(snapshot)))
        .collect()
}
