//! Prints and draws what the runs say about the law.

use super::measure::{BUDGETS, SEEDS};
use super::record::{Run, Study, shape};
use crate::CHAPTER;
use anyhow::{Context, Result};
use figures::{Bars, Chart, save};
use kernels::measured::median;
use scaling::law::bootstrap::{bootstrap, middle};
use scaling::law::count::{Count, price_of_a_token};
use scaling::law::fit::{Fit, Point, fit};
use scaling::law::sizes::LADDER;
use scaling::law::surface::{Law, Price};

/// Rounds of the bootstrap, and the share of them that an interval holds.
const ROUNDS: usize = 1000;
const HELD: f64 = 0.9;
/// A budget to compare optimal sizes at: ten times the largest that was measured.
fn far() -> f64 {
    10.0 * BUDGETS[BUDGETS.len() - 1]
}

pub fn report(study: &Study) -> Result<()> {
    println!("\nthe law: {}, {}", study.processor, study.date);
    ladder();
    rates(study)?;
    runs(study);
    let floor = study.runs.first().context("no run is finished: measure the law first")?.marks.floor();
    println!("\nE, the floor of the test stories: {floor:.5} bits a character");
    let count = Count::Cost;
    let points = points(&study.runs, count);
    laws(&points, floor, count);
    Ok(())
}

fn ladder() {
    println!("\nparameters by five ways of counting, in thousands, and operations to train on a token");
    print!("{:>7}{:>8}", "width", "layers");
    Count::WAYS.iter().for_each(|(_, name)| print!("{name:>19}"));
    println!("{:>9}", "million");
    for shape in LADDER {
        print!("{:>7}{:>8}", shape.model, shape.layers);
        Count::WAYS.iter().for_each(|(count, _)| print!("{:>19.1}", count.of(&shape) / 1e3));
        println!("{:>9.2}", price_of_a_token(&shape) / 1e6);
    }
}

fn rates(study: &Study) -> Result<()> {
    println!("\nlearning rates that were tried, and bits a character on the validation stories");
    for width in LADDER.map(|shape| shape.model) {
        let mut tried: Vec<_> = study.rates.iter().filter(|trial| trial.width == width).collect();
        tried.sort_by(|a, b| a.rate.total_cmp(&b.rate));
        let (best, inside) = study.best_rate(width).context("no rate was tried")?;
        print!("  width {width:>3}:");
        tried.iter().for_each(|trial| print!("  {}: {:.4}", trial.rate, trial.loss));
        println!("   best {best}{}", if inside { "" } else { ", at the edge" });
    }
    Ok(())
}

/// The runs of one size on one budget, in the order of their seeds.
fn cell(runs: &[Run], width: usize, budget: f64) -> Vec<&Run> {
    let of = |seed: u64| {
        runs.iter().find(|run| (run.width, run.budget, run.seed) == (width, budget, seed))
    };
    SEEDS.iter().filter_map(|&seed| of(seed)).collect()
}

fn runs(study: &Study) {
    println!("\nbits a character above the floor, three seeds; of 400 stories written, those told as the grammar tells");
    println!("{:>9}{:>7}{:>7}{:>12}{:>28}{:>18}", "budget", "width", "steps", "tokens", "above the floor", "told");
    for budget in BUDGETS {
        for width in LADDER.map(|shape| shape.model) {
            let runs = cell(&study.runs, width, budget);
            let Some(first) = runs.first() else { continue };
            print!("{budget:>9.1e}{width:>7}{:>7}{:>12}   ", first.steps, first.tokens);
            runs.iter().for_each(|run| print!("  {:.4}", run.marks.loss() - run.marks.floor()));
            print!("   ");
            runs.iter().for_each(|run| print!("{:>5}", run.told.told));
            println!();
        }
    }
}

fn points(runs: &[Run], count: Count) -> Vec<Point> {
    let point = |run: &Run| Point {
        n: count.of(&run.shape()),
        d: run.tokens as f64,
        loss: run.marks.loss(),
    };
    runs.iter().map(point).collect()
}

fn laws(points: &[Point], floor: f64, _count: Count) {
    for (count, name) in Count::WAYS {
        let _ = (count, name);
    }
    for (name, known) in [("E free", None), ("E known", Some(floor))] {
        let Fit { law, objective } = fit(points, known);
        println!("{name}: {law:?} {objective:.6}");
    }
}
