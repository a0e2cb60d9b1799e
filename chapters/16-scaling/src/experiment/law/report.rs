//! Prints and draws what the runs say about the law.

use super::measure::{BUDGETS, SEEDS};
use super::record::{Run, Study};
use super::surfaces;
use crate::experiment::CHAPTER;
use anyhow::{Context, Result};
use figures::{Bars, Chart, save};
use gpt::Shape;
use gpt::sizes::LaptopBpe;
use kernels::measured::median;
use language_models::story::{KINDS, Kind};
use scaling::law::bootstrap::{bootstrap, middle};
use scaling::law::count::{Count, price_of_a_token};
use scaling::law::fit::{Fit, Point, fit};
use scaling::law::lab::WRITTEN;
use scaling::law::sizes::LADDER;
use scaling::law::surface::{Law, Price};

/// Rounds of the bootstrap, and the share of them that an interval holds.
const ROUNDS: usize = 400;
const HELD: f64 = 0.9;

/// Whose N the page fits first: with it C = 6 N D is exact.
const COUNT: Count = Count::Cost;

pub fn report(study: &Study) -> Result<()> {
    println!("\nthe law: {}, {}", study.processor, study.date);
    ladder();
    rates(study)?;
    runs(study);
    let floor =
        study.runs.first().context("no run is finished: measure the law first")?.found.marks.floor();
    println!("\nE, the floor of the test stories: {floor:.5} bits a character");
    let known = laws(&study.runs, floor);
    profiles(study, known)?;
    wrong_floors(&study.runs, floor);
    counts(&study.runs, floor)?;
    hidden(&study.runs, floor);
    default_run(study, floor);
    without_names(&study.runs, floor);
    surfaces::report(known);
    Ok(())
}

fn ladder() {
    println!(
        "\nparameters, in thousands, by five ways of counting; millions of operations to train on a token"
    );
    print!("{:>7}{:>8}", "width", "layers");
    for (_, name) in Count::WAYS {
        print!("{name:>19}");
    }
    println!("{:>12}", "operations");
    for shape in LADDER {
        print!("{:>7}{:>8}", shape.model, shape.layers);
        for (count, _) in Count::WAYS {
            print!("{:>19.1}", count.of(&shape) / 1e3);
        }
        println!("{:>12.2}", price_of_a_token(&shape) / 1e6);
    }
}

fn rates(study: &Study) -> Result<()> {
    println!("\nlearning rates that were tried, and bits a character on the validation stories");
    for width in LADDER.map(|shape| shape.model) {
        let mut tried: Vec<_> = study.rates.iter().filter(|trial| trial.width == width).collect();
        tried.sort_by(|a, b| a.rate.total_cmp(&b.rate));
        let (best, inside) = study.best_rate(width).context("no rate was tried")?;
        print!("  width {width:>3}:");
        for trial in tried {
            print!("  {}: {:.4}", trial.rate, trial.loss);
        }
        println!("   best {best}{}", if inside { "" } else { ", at the edge" });
    }
    Ok(())
}

/// The runs of one size on one budget, in the order of their seeds.
pub fn cell(runs: &[Run], width: usize, budget: f64) -> Vec<&Run> {
    let of = |seed: u64| runs.iter().find(|run| (run.width, run.budget, run.seed) == (width, budget, seed));
    SEEDS.iter().filter_map(|&seed| of(seed)).collect()
}

fn above(run: &Run) -> f64 {
    run.found.marks.loss() - run.found.marks.floor()
}

fn runs(study: &Study) {
    println!(
        "\nbits a character above the floor, seed by seed; told as the grammar tells, of {WRITTEN} stories each"
    );
    println!("{:<27}{:>7}{:>10}{:>24}{:>21}", "", "steps", "tokens", "above the floor", "told");
    for budget in BUDGETS {
        for width in LADDER.map(|shape| shape.model) {
            let runs = cell(&study.runs, width, budget);
            let Some(first) = runs.first() else { continue };
            print!(
                "{:<27}{:>7}{:>10}   ",
                format!("{budget:.1e} operations, width {width}"),
                first.found.steps,
                first.found.tokens
            );
            for run in &runs {
                print!("  {:.4}", above(run));
            }
            print!("   ");
            for run in &runs {
                print!("{:>5}", run.found.told.told);
            }
            println!();
        }
    }
}

fn points(runs: &[Run], count: Count) -> Vec<Point> {
    let point = |run: &Run| Point {
        n: count.of(&run.shape()),
        d: run.found.tokens as f64,
        loss: run.found.marks.loss(),
    };
    runs.iter().map(point).collect()
}

/// A number of every law, its middle, and where most of them lie.
fn interval(laws: &[Law], of: impl Fn(&Law) -> f64) -> String {
    let (low, high) = middle(&laws.iter().map(of).collect::<Vec<_>>(), HELD);
    format!("{low:.3} to {high:.3}")
}

/// Both fits, with what the bootstrap says of them. Gives the one whose E is known.
fn laws(runs: &[Run], floor: f64) -> Law {
    let (points, price) = (points(runs, COUNT), COUNT.price(&LADDER));
    println!(
        "\nE + A/N^α + B/D^β, N by operations, {} runs; below each number nine tenths of {ROUNDS} bootstrap samples",
        points.len()
    );
    println!("{:<22}{:>16}{:>16}{:>16}{:>16}", "", "E", "α", "β", "N_opt ∝ C^");
    for (name, known) in [("E free", None), ("E known", Some(floor))] {
        let law = fit(&points, known).law;
        println!(
            "{:<22}{:>16.4}{:>16.3}{:>16.3}{:>16.3}   A {:.4e}, B {:.4e}",
            format!("the law, {name}"),
            law.floor,
            law.alpha,
            law.beta,
            law.exponent(price),
            law.a,
            law.b
        );
        let samples = bootstrap(&points, known, ROUNDS, 1);
        let of_floor = if known.is_none() { interval(&samples, |law| law.floor) } else { String::new() };
        let [alpha, beta] = [interval(&samples, |law| law.alpha), interval(&samples, |law| law.beta)];
        println!(
            "{:<22}{of_floor:>16}{alpha:>16}{beta:>16}{:>16}",
            format!("  nine tenths, {name}"),
            interval(&samples, |law| law.exponent(price))
        );
    }
    fit(&points, Some(floor)).law
}

/// The runs by budget, with the law through them.
fn profiles(study: &Study, law: Law) -> Result<()> {
    let dots = study.runs.iter().map(|run| (COUNT.of(&run.shape()), above(run)));
    let mut chart =
        Chart::new("What a budget buys", "operations/6 a token: N", "bits a character above the floor")
            .scatter("runs", dots);
    let [from, to] = [LADDER[0], LADDER[LADDER.len() - 1]].map(|shape| COUNT.of(&shape).ln());
    for budget in BUDGETS {
        let sizes = (0..=60).map(|i| (from + (to - from) * f64::from(i) / 60.0).exp());
        let of_law = sizes.map(|n| (n, law.loss(n, Price::SIX.tokens(budget, n)) - law.floor));
        chart = chart.dashes(&format!("{budget:.1e}"), of_law);
    }
    Ok(save(CHAPTER, "profiles", &chart.log_x().log_y().draw()?)?)
}

fn wrong_floors(runs: &[Run], floor: f64) {
    let (points, price) = (points(runs, COUNT), COUNT.price(&LADDER));
    let far = 100.0 * BUDGETS[BUDGETS.len() - 1];
    println!(
        "\nwith a wrong E; N_opt, in thousands, at {far:.1e} operations, a hundred times the largest budget"
    );
    println!("{:<14}{:>8}{:>8}{:>8}{:>12}{:>8}{:>10}", "", "E", "α", "β", "N_opt ∝ C^", "N_opt", "misses");
    for factor in [0.5, 0.9, 0.99, 1.0, 1.01, 1.1, 1.5] {
        let Fit { law, objective } = fit(&points, Some(factor * floor));
        println!(
            "{:<14}{:>8.4}{:>8.3}{:>8.3}{:>12.3}{:>8.0}{:>10.5}",
            format!("E times {factor:.2}"),
            law.floor,
            law.alpha,
            law.beta,
            law.exponent(price),
            law.best_size(far, price) / 1e3,
            objective
        );
    }
}

fn counts(runs: &[Run], floor: f64) -> Result<()> {
    println!(
        "\nby the way of counting N, E known: C = κ N^γ D, and nine tenths of {ROUNDS} samples of the exponent"
    );
    println!("{:<25}{:>8}{:>8}{:>8}{:>12}{:>18}{:>10}", "", "γ", "α", "β", "N_opt ∝ C^", "", "misses");
    let mut figure = Bars::new("The exponent of N_opt, by the way of counting N");
    for (count, name) in Count::WAYS {
        let (points, price) = (points(runs, count), count.price(&LADDER));
        let Fit { law, objective } = fit(&points, Some(floor));
        let exponents: Vec<f64> =
            bootstrap(&points, Some(floor), ROUNDS, 1).iter().map(|law| law.exponent(price)).collect();
        let (low, high) = middle(&exponents, HELD);
        let exponent = law.exponent(price);
        println!(
            "{:<25}{:>8.3}{:>8.3}{:>8.3}{exponent:>12.3}{:>18}{objective:>10.5}",
            format!("N by {name};"),
            price.power,
            law.alpha,
            law.beta,
            format!("{low:.3} to {high:.3}")
        );
        figure = figure.between(name, low, high, &format!("{exponent:.2}"), 0);
    }
    Ok(save(CHAPTER, "counts", &figure.draw()?)?)
}

/// Fits without the largest budget, and predicts it.
fn hidden(runs: &[Run], floor: f64) {
    let largest = BUDGETS.into_iter().rev().find(|&budget| runs.iter().any(|run| run.budget == budget));
    let Some(largest) = largest else { return };
    let (seen, unseen): (Vec<Run>, Vec<Run>) = runs.iter().cloned().partition(|run| run.budget < largest);
    println!(
        "\nthe budget of {largest:.1e} hidden, and predicted: bits a character above the floor, median of the seeds"
    );
    let laws = [None, Some(floor)].map(|known| fit(&points(&seen, COUNT), known).law);
    println!("{:<16}{:>12}{:>12}{:>12}", "", "measured", "E free", "E known");
    let mut misses = [Vec::new(), Vec::new()];
    for width in LADDER.map(|shape| shape.model) {
        let cell = cell(&unseen, width, largest);
        if cell.is_empty() {
            continue;
        }
        let measured = median(&cell.iter().map(|run| above(run)).collect::<Vec<_>>());
        let [n, d] = [COUNT.of(&cell[0].shape()), cell[0].found.tokens as f64];
        let predicted = laws.map(|law| law.loss(n, d) - floor);
        let [free, known] = predicted;
        println!("{:<16}{measured:>12.4}{free:>12.4}{known:>12.4}", format!("hidden, width {width}"));
        for (misses, predicted) in misses.iter_mut().zip(predicted) {
            misses.push(100.0 * ((predicted - measured) / (measured + floor)).abs());
        }
    }
    let [free, known] = misses.map(|misses| median(&misses));
    println!(
        "the loss is missed by {free:.1} % with E free, and by {known:.1} % with E known (medians of the sizes)"
    );
}

/// What both fits say of the default run of mini-gpt, which is far outside of what they were fitted to.
fn default_run(study: &Study, floor: f64) {
    let Some(found) = study.default_run.last() else { return };
    let points = points(&study.runs, COUNT);
    let n = COUNT.of(&Shape::of::<LaptopBpe>());
    println!(
        "\nthe default run of mini-gpt, {:.1e} operations, N {:.2e}, D {:.2e}: bits a character",
        found.operations, n, found.tokens as f64
    );
    let [free, known] =
        [None, Some(floor)].map(|known| fit(&points, known).law.loss(n, found.tokens as f64));
    println!(
        "measured {:.4}; predicted with E free {free:.4}, with E known {known:.4}",
        found.marks.loss()
    );
}

/// Names are what no run of the ladder has learned: the same fit to what all other tokens cost.
fn without_names(runs: &[Run], floor: f64) {
    let names = |run: &Run| {
        let name = KINDS.iter().position(|(kind, _)| *kind == Kind::Name).expect("names are a kind");
        run.found.marks.kinds[name].bits / run.found.marks.characters as f64
    };
    let all: Vec<f64> = runs.iter().map(names).collect();
    let (low, high) = middle(&all, 1.0);
    println!(
        "\nnames told before cost {low:.4} to {high:.4} bits a character in all runs; the law of the other tokens, E free"
    );
    let mut points = points(runs, COUNT);
    points.iter_mut().zip(all).for_each(|(point, names)| point.loss -= names);
    let law = fit(&points, None).law;
    let samples = bootstrap(&points, None, ROUNDS, 1);
    println!(
        "E {:.4} ({}), α {:.3}, β {:.3}; the floor is {floor:.4}",
        law.floor,
        interval(&samples, |law| law.floor),
        law.alpha,
        law.beta
    );
}
