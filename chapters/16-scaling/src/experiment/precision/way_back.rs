//! What f16 costs on the way back, by what the loss was multiplied with.

use super::recipes::{BF16, F16, ON_THE_WAY_BACK};
use super::record::Trained;
use super::report::{at_best, by_rate};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::median;

pub fn report(trained: &[Trained]) -> Result<()> {
    println!("\nthe same model, slopes rounded on the way back: bits on the validation text, seed 1");
    by_rate(trained, &ON_THE_WAY_BACK);
    println!(
        "at the best rate of each: bits on the test text, three seeds, their median; slopes made 0 at the end"
    );
    let (mut line, mut dots, mut bf16, mut exact) = (Vec::new(), Vec::new(), Vec::new(), f64::NAN);
    for recipe in ON_THE_WAY_BACK {
        let lost = |runs: &[&Trained]| {
            let shares: Vec<f64> = runs.iter().filter_map(|run| run.lost).collect();
            format!("{:>9.4}", median(&shares))
        };
        let Some((middle, runs)) = at_best(trained, recipe.name, lost) else { continue };
        let doublings = f64::from(recipe.scale.log2());
        let each = runs.iter().filter_map(|run| Some((doublings, run.test?)));
        match recipe.slopes {
            Some(F16) => {
                line.push((doublings, middle));
                dots.extend(each);
            }
            Some(BF16) => bf16.extend(each),
            _ => exact = middle,
        }
    }
    line.sort_by(|a, b| a.0.total_cmp(&b.0));
    let ends: Vec<(f64, f64)> =
        line.first().into_iter().chain(line.last()).map(|(doublings, _)| (*doublings, exact)).collect();
    let chart =
        Chart::new("Training with f16 on the way back", "doublings of the loss", "test bits a character")
            .line("f16", line)
            .scatter("", dots)
            .scatter("bf16", bf16)
            .dashes("f32", ends);
    Ok(save(CHAPTER, "way-back", &chart.draw()?)?)
}
