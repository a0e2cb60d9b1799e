//! The figures.

use super::BEST_OF;
use super::make::Run;
use super::way::Way;
use crate::experiment::CHAPTER;
use crate::experiment::ledger::Ledger;
use adaptation::frontier::{best_of, divergence};
use anyhow::Result;
use figures::{Chart, save};

/// Steps of the curve.
const STEPS: usize = 60;
/// KL beyond which the figure would show nothing else, in bits.
const FAR: f64 = 40.0;

/// Families in the order of the legend.
const FAMILIES: [&str; 6] =
    ["temperature", "top-p", "rejection sampling", "DPO", "GRPO with a KL term", "policy gradient"];

/// Validity against KL with the frontier, and validity against the entropy of what is valid.
pub fn draw(ledger: &Ledger<Run>, v0: f64) -> Result<()> {
    let frontier = (1..=STEPS).map(|i| {
        let v = v0 + (0.995 - v0) * i as f64 / STEPS as f64;
        (divergence(v, v0), v)
    });
    let mut chart =
        Chart::new("What validity costs", "KL to the start, bits a story", "share of valid stories")
            .dashes("no policy is left of this", frontier)
            .scatter("best of n", BEST_OF.map(|n| (divergence(best_of(n, v0), v0), best_of(n, v0))));
    let mut diversity =
        Chart::new("Valid, and different", "bits in the valid stories", "share of valid stories");
    for family in FAMILIES {
        let runs = ledger.runs.iter().filter(|run| run.way.family() == family);
        let runs: Vec<&Run> = runs.filter(|run| run.way != Way::Temperature(1.0)).collect();
        let near = runs.iter().filter(|run| run.judged.kl[0] < FAR);
        chart = chart.scatter(family, near.map(|run| (run.judged.kl[0].max(0.01), run.judged.v().mean)));
        let told = runs.iter().filter_map(|run| Some((run.judged.entropy?[0], run.judged.v().mean)));
        diversity = diversity.scatter(family, told);
    }
    save(CHAPTER, "frontier", &chart.log_x().y_range(0.0, 1.0).draw()?)?;
    Ok(save(CHAPTER, "diversity", &diversity.y_range(0.0, 1.0).draw()?)?)
}
