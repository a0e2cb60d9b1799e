//! A plan from three exercises, beside the chapter's own runs: `cargo run -p scaling --example plan`. With
//! `--features exercises` it is made of your answers.

#[cfg_attr(feature = "exercises", path = "../exercises/approach_two.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/approach_two.rs")]
mod approach_two;
#[cfg_attr(feature = "exercises", path = "../exercises/bill.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/bill.rs")]
mod bill;
#[cfg_attr(feature = "exercises", path = "../exercises/optimum.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/optimum.rs")]
mod optimum;

use kernels::measured::median;
use scaling::law::count::STORY;
use scaling::law::fit::{FEWEST, Point, fit};
use scaling::law::lab::Found;
use scaling::law::sizes::LADDER;
use scaling::law::surface::Price;
use serde::Deserialize;

/// What of the chapter's runs a plan needs.
#[derive(Deserialize)]
struct Study {
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    width: usize,
    budget: f64,
    found: Found,
}

/// N by the bill: with it training costs 6 N D.
fn size(width: usize) -> f64 {
    let shape = LADDER.iter().find(|shape| shape.model == width).expect("a width of the ladder");
    let cost = bill::operations(shape.vocabulary, shape.model, shape.hidden, shape.layers, &[STORY]);
    cost as f64 / (6 * STORY) as f64
}

fn main() {
    let Study { mut runs } =
        serde_json::from_str(include_str!("../law.json")).expect("the chapter's own file");
    runs.retain(|run| run.found.steps >= FEWEST);
    let floor = runs[0].found.marks.floor();
    let budget = runs.iter().map(|run| run.budget).fold(0.0, f64::max);

    // A law of the smaller budgets, with E known.
    let seen: Vec<&Run> = runs.iter().filter(|run| run.budget < budget).collect();
    let point =
        |run: &&Run| Point { n: size(run.width), d: run.found.tokens as f64, loss: run.found.marks.loss() };
    let law = fit(&seen.iter().map(point).collect::<Vec<_>>(), Some(floor)).law;

    let plan = |served| optimum::best_size([law.floor, law.a, law.alpha, law.b, law.beta], budget, served);
    let (n, thousands) = (plan(0.0), |n: f64| format!("{:.0} thousand", n / 1e3));
    let tokens = Price::SIX.tokens(budget, n);
    println!("planned from smaller budgets, for {budget:.2e} operations");
    println!(
        "  N {} and {:.2} million tokens, {:.1} a parameter, to lose {:.4}",
        thousands(n),
        tokens / 1e6,
        tokens / n,
        law.loss(n, tokens)
    );
    println!("  N {} if it is to read as many tokens again for others", thousands(plan(tokens)));

    println!("the runs with that budget: bits a character, medians");
    for width in LADDER.map(|shape| shape.model) {
        let own = runs.iter().filter(|run| (run.width, run.budget) == (width, budget));
        let losses: Vec<f64> = own.map(|run| run.found.marks.loss()).collect();
        println!("  width {width}, N {:>12}: {:.4}", thousands(size(width)), median(&losses));
    }

    let exponent = |of: &[&Run]| {
        let run = |run: &&Run| approach_two::Run {
            budget: run.budget,
            n: size(run.width),
            loss: run.found.marks.loss(),
        };
        approach_two::exponent(&of.iter().map(run).collect::<Vec<_>>())
    };
    println!("the exponent of the best size");
    println!("  {:.3} by the law of the smaller budgets", law.exponent(Price::SIX));
    println!("  {:.3} by parabolas through the same runs", exponent(&seen));
    println!(
        "  {:.3} by parabolas through the runs of all budgets",
        exponent(&runs.iter().collect::<Vec<_>>())
    );
    println!(
        "  {:.3} by parabolas through the best size and its neighbours, where it has two",
        exponent(&around_the_best(&runs))
    );
}

/// Of each budget the runs of the size with the lowest loss and of its two neighbours. A budget whose best
/// size is the smallest or the largest is left out: nobody knows where it is lowest.
fn around_the_best(runs: &[Run]) -> Vec<&Run> {
    let place = |run: &Run| LADDER.iter().position(|shape| shape.model == run.width);
    let near = |run: &&Run| {
        let own = runs.iter().filter(|other| other.budget == run.budget);
        let loss = |run: &&Run| run.found.marks.loss();
        let best = own.min_by(|a, b| loss(a).total_cmp(&loss(b))).and_then(place);
        let (Some(best), Some(own)) = (best, place(run)) else { return false };
        (1..LADDER.len() - 1).contains(&best) && best.abs_diff(own) <= 1
    };
    runs.iter().filter(near).collect()
}
