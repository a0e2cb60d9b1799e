//! Draws what was seen.

use super::record::Learned;
use super::report::name;
use crate::experiment::{CHAPTER, SEEDS};
use anyhow::{Context, Result};
use figures::{Chart, save};
use interpretability::hooks::Head;
use language_models::story::KINDS;

/// Heads that are drawn.
const DRAWN: usize = 5;

/// Draws three figures: the kinds with four blocks and with one, names with all seeds, heads.
pub fn draw(runs: &[Learned]) -> Result<()> {
    for (layers, file) in [(4, "kinds-4"), (1, "kinds-1")] {
        let run = find(runs, layers, SEEDS[0])?;
        let title = format!("What a token costs beyond the truth: {}", name(run));
        let mut chart = Chart::new(&title, "step", "bits").log_y();
        for (kind, (_, what)) in KINDS.iter().enumerate() {
            chart = chart.line(what, points(run, |snapshot| snapshot.bits[kind]));
        }
        save(CHAPTER, file, &chart.draw()?)?;
    }
    let names = Learned::kind("names told before");
    let mut chart = Chart::new("Names told before, all seeds", "step", "bits beyond the truth").log_y();
    for layers in [4, 1] {
        for seed in SEEDS {
            let run = find(runs, layers, seed)?;
            let line = points(run, |snapshot| snapshot.bits[names]);
            chart = if layers == 4 { chart.line(&name(run), line) } else { chart.dashes(&name(run), line) };
        }
    }
    save(CHAPTER, "names", &chart.draw()?)?;
    heads(find(runs, 4, SEEDS[0])?)
}

/// The heads that look at the name most at the end, over time.
fn heads(run: &Learned) -> Result<()> {
    let last = run.snapshots.last().context("a run has snapshots")?;
    let mut order: Vec<usize> = (0..last.fetch.len()).collect();
    order.sort_by(|&a, &b| last.fetch[b].total_cmp(&last.fetch[a]));
    let all = Head::all(run.layers, last.fetch.len() / run.layers);
    let mut chart =
        Chart::new("How much a head looks at the name that comes next", "step", "share of its look");
    for &head in order.iter().take(DRAWN) {
        let Head { block, head: number } = all[head];
        let label = format!("block {block}, head {number}");
        chart = chart.line(&label, points(run, |snapshot| snapshot.fetch[head]));
    }
    Ok(save(CHAPTER, "heads", &chart.draw()?)?)
}

fn find(runs: &[Learned], layers: usize, seed: u64) -> Result<&Learned> {
    runs.iter().find(|run| (run.layers, run.seed) == (layers, seed)).context("measure the cliff first")
}

/// A line over the steps.
fn points(run: &Learned, number: impl Fn(&super::record::Snapshot) -> f64) -> Vec<(f64, f64)> {
    run.snapshots.iter().skip(1).map(|snapshot| (snapshot.step as f64, number(snapshot))).collect()
}
