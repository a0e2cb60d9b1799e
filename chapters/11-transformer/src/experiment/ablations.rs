//! The model with parts taken out.

use super::CHAPTER;
use super::training::{draw, exact, train};
use anyhow::Result;
use figures::{Chart, save};
use rayon::prelude::*;
use transformer::{Design, Place};

/// What each part is for.
pub fn ablations() -> Result<()> {
    const SHORT: usize = 1500;
    let whole = Design::default();
    let designs = [
        ("everything", whole),
        ("post-norm", Design { place: Place::After, ..whole }),
        ("no residual", Design { residual: false, ..whole }),
        ("no norm", Design { norm: false, ..whole }),
        ("no positions", Design { positions: false, ..whole }),
        ("no feed-forward", Design { feed_forward: false, ..whole }),
    ];
    let held_out = draw(500, true, 3);
    let found: Vec<(String, Vec<f64>)> = designs
        .par_iter()
        .map(|&(name, design)| match train::<2>(design, SHORT, 0.1) {
            Ok((model, losses)) => {
                let last = losses[SHORT - 100..].iter().sum::<f64>() / 100.0;
                (format!("  {name:<16} {last:.2}  {:.2}", exact(&model, design, &held_out)), losses)
            }
            Err(stopped) => (format!("  {name:<16} {stopped}"), Vec::new()),
        })
        .collect();
    println!("after {SHORT} steps: loss of the last 100, share of held-out pairs right:");
    let mut chart = Chart::new("What each part is for", "step", "loss").y_range(0.5, 5.0);
    for ((name, _), (line, losses)) in designs.iter().zip(&found) {
        println!("{line}");
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        chart =
            chart.line(name, losses.chunks(25).enumerate().map(|(i, part)| (25.0 * i as f64, mean(part))));
    }
    Ok(save(CHAPTER, "ablations", &chart.draw()?)?)
}
