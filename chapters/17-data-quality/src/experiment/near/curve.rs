//! The table and the figure.

use super::bins::{Bin, bins, summary};
use super::pair::{Pair, WAYS};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};

/// Found shares by the exact index, beside what the curve says of the very same pairs.
pub fn curve(pairs: &[Pair]) -> Result<()> {
    let mut chart = Chart::new("Near copies that are found", "exact Jaccard index", "share found");
    for (way, (name, bands)) in WAYS.into_iter().enumerate() {
        println!("\n{name}: by the exact index, in twentieths");
        println!("  from   pairs   found   the curve   standard errors apart");
        let bins = bins(pairs, bands, |pair| pair.found[way]);
        for Bin { from, pairs, found, expected, apart, .. } in &bins {
            println!("  {from:.2}{pairs:>8}{found:>8.3}{expected:>12.3}{apart:>10.1}");
        }
        println!("  {}", summary(name, &bins));
        let line = (0..=100).map(|i| f64::from(i) / 100.0).map(|s| (s, bands.probability(s)));
        let points: Vec<(f64, f64)> = bins.iter().map(|bin| (bin.exact, bin.found)).collect();
        // What is measured has the colour; the formula is the reference.
        chart = chart.dashes("", line).scatter(name, points);
    }
    Ok(save(CHAPTER, "near", &chart.x_range(0.0, 1.0).y_range(0.0, 1.05).draw()?)?)
}
