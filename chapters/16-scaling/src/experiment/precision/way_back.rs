//! What f16 costs on the way back, by what the loss was multiplied with.

use super::recipes::{BF16, F16, ON_THE_WAY_BACK, RECIPES};
use super::record::Trained;
use super::report::{at_best, by_rate};
use super::train::best_runs;
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::median;

pub fn report(trained: &[Trained]) -> Result<()> {
    println!("\nthe same model, slopes rounded on the way back: bits on the validation text, seed 1");
    by_rate(trained, &ON_THE_WAY_BACK);
    println!(
        "at the best rate of each: bits on the test text, five seeds, their median; slopes made 0 at the end"
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
    order_of_sums(trained);
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

/// How far the two recipes in f32 lie apart: attention by its kernel and operation by operation add up in
/// another order, and nothing else differs.
fn order_of_sums(trained: &[Trained]) {
    let [(rate, kernel), (_, operations)] = [RECIPES[0], ON_THE_WAY_BACK[0]]
        .map(|recipe| best_runs(trained, recipe.name).expect("f32 ends well"));
    let apart = |a: Option<f64>, b: Option<f64>| a.zip(b).map_or(f64::NAN, |(a, b)| (a - b).abs());
    let tests = kernel.iter().zip(&operations).map(|(a, b)| apart(a.test, b.test)).fold(0.0, f64::max);
    let at = |recipe: &str, rate: f64| {
        trained.iter().find(|run| run.recipe == recipe && run.rate == rate && run.seed == 1)
    };
    let high = 0.01;
    let [a, b] =
        [RECIPES[0], ON_THE_WAY_BACK[0]].map(|recipe| at(recipe.name, high).and_then(|run| run.validation));
    println!(
        "the order of sums moves a run in f32 by {tests:.4} at most at {rate}, test text; by {:.4} at {high}, validation",
        apart(a, b)
    );
}
