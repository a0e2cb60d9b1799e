//! The law, fitted with E free and with E known: how well it fits, and how far its numbers move.

use super::cells::{COUNT, Cell, LIMITS, above, cells, points};
use super::measure::BUDGETS;
use super::record::Run;
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Bars, Chart, save};
use kernels::measured::median;
use scaling::law::bootstrap::{bootstrap, middle};
use scaling::law::count::Count;
use scaling::law::fit::{FEWEST, Fit, fit};
use scaling::law::sizes::LADDER;
use scaling::law::surface::{Law, Price};

/// Rounds of the bootstrap, and the share of them that an interval holds.
const ROUNDS: usize = 400;
pub const HELD: f64 = 0.9;

/// Prints and draws, and gives the law whose E is known.
pub fn report(runs: &[Run], floor: f64) -> Result<Law> {
    let cells = cells(runs, FEWEST);
    let law = laws(&cells, floor);
    misses(&cells, law);
    fewest(runs, floor);
    profiles(runs, law)?;
    wrong_floors(&cells, floor);
    counts(&cells, floor)?;
    Ok(law)
}

/// A number of every law, its middle, and where most of them lie.
fn interval(laws: &[Law], of: impl Fn(&Law) -> f64) -> String {
    let (low, high) = middle(&laws.iter().map(of).collect::<Vec<_>>(), HELD);
    format!("{low:.3} to {high:.3}")
}

/// Both fits, with what the bootstrap says of them. Gives the one whose E is known.
fn laws(cells: &[Cell], floor: f64) -> Law {
    let (points, price) = (points(cells, COUNT), COUNT.price(&LADDER));
    println!(
        "\nE + A/N^α + B/D^β, N by operations, {} runs of {FEWEST} steps or more; below each number nine tenths of {ROUNDS} bootstrap samples of the {} cells",
        points.concat().len(),
        points.len()
    );
    println!("{:<22}{:>16}{:>16}{:>16}{:>16}", "", "E", "α", "β", "N_opt ∝ C^");
    for (name, known) in [("E free", None), ("E known", Some(floor))] {
        let law = fit(&points.concat(), known).law;
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
    fit(&points.concat(), Some(floor)).law
}

/// How far the law lies above the runs of a cell, in hundredths of their losses.
fn missed(cell: &Cell, law: Law) -> Vec<f64> {
    let points = points(std::slice::from_ref(cell), COUNT).concat();
    points.iter().map(|run| 100.0 * (law.loss(run.n, run.d) / run.loss - 1.0)).collect()
}

/// How far the law with E known misses each cell.
fn misses(cells: &[Cell], law: Law) {
    println!("\nhow far the law with E known lies above the loss, by width: medians of the seeds");
    let (mut all, mut one_side) = (Vec::new(), 0);
    for budget in BUDGETS {
        print!("  {budget:.1e}, misses:");
        for cell in cells.iter().filter(|cell| cell[0].budget == budget) {
            let missed = missed(cell, law);
            one_side += usize::from(missed.iter().all(|miss| miss.signum() == missed[0].signum()));
            all.push(median(&missed).abs());
            print!("  {}: {:+.0} %", cell[0].width, median(&missed));
        }
        println!();
    }
    println!(
        "missed by {:.0} % in the median of the cells, by {:.0} % at most; all seeds on one side in {one_side} of {} cells",
        median(&all),
        all.iter().copied().fold(0.0, f64::max),
        all.len()
    );
}

/// The same law with the shortest runs, and without more of them.
fn fewest(runs: &[Run], floor: f64) {
    println!("\nby the fewest steps of a run that is fitted");
    println!("{:<22}{:>6}{:>10}{:>8}{:>8}{:>12}", "", "runs", "E", "α", "β", "N_opt ∝ C^");
    for steps in LIMITS {
        let points = points(&cells(runs, steps), COUNT).concat();
        for (name, known) in [("E free", None), ("E known", Some(floor))] {
            let law = fit(&points, known).law;
            println!(
                "{:<22}{:>6}{:>10.4}{:>8.3}{:>8.3}{:>12.3}",
                format!("from {steps} steps, {name}"),
                points.len(),
                law.floor,
                law.alpha,
                law.beta,
                law.exponent(COUNT.price(&LADDER))
            );
        }
    }
}

/// The runs by budget, with the law through them.
fn profiles(runs: &[Run], law: Law) -> Result<()> {
    let (fitted, short): (Vec<&Run>, Vec<&Run>) = runs.iter().partition(|run| run.found.steps >= FEWEST);
    let dots = |runs: Vec<&Run>| -> Vec<(f64, f64)> {
        runs.into_iter().map(|run| (COUNT.of(&run.shape()), above(run))).collect()
    };
    let mut chart =
        Chart::new("What a budget buys", "operations/6 a token: N", "bits a character above the floor")
            .scatter("runs", dots(fitted))
            .scatter(&format!("fewer than {FEWEST} steps"), dots(short));
    let [from, to] = [LADDER[0], LADDER[LADDER.len() - 1]].map(|shape| COUNT.of(&shape).ln());
    for budget in BUDGETS {
        let sizes = (0..=60).map(|i| (from + (to - from) * f64::from(i) / 60.0).exp());
        let of_law = sizes.map(|n| (n, law.loss(n, Price::SIX.tokens(budget, n)) - law.floor));
        chart = chart.dashes(&format!("{budget:.1e}"), of_law);
    }
    Ok(save(CHAPTER, "profiles", &chart.log_x().log_y().draw()?)?)
}

fn wrong_floors(cells: &[Cell], floor: f64) {
    let (points, price) = (points(cells, COUNT).concat(), COUNT.price(&LADDER));
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

fn counts(cells: &[Cell], floor: f64) -> Result<()> {
    println!(
        "\nby the way of counting N, E known: C = κ N^γ D, and nine tenths of {ROUNDS} samples of the exponent"
    );
    println!("{:<25}{:>8}{:>8}{:>8}{:>12}{:>18}{:>10}", "", "γ", "α", "β", "N_opt ∝ C^", "", "misses");
    let mut figure = Bars::new("The exponent of N_opt, by the way of counting N");
    for (count, name) in Count::WAYS {
        let (points, price) = (points(cells, count), count.price(&LADDER));
        let Fit { law, objective } = fit(&points.concat(), Some(floor));
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
        let ends = format!("{exponent:.2} ({low:.2} to {high:.2})");
        figure = figure.between(name, low, high, &ends, 0);
    }
    Ok(save(CHAPTER, "counts", &figure.draw()?)?)
}

#[cfg(test)]
mod tests {
    use super::super::record::Study;
    use super::*;

    #[test]
    fn the_law_lies_above_width_24_and_below_width_48_on_every_budget() {
        let runs = Study::load().unwrap().runs;
        let cells = cells(&runs, FEWEST);
        let floor = runs[0].found.marks.floor();
        let law = fit(&points(&cells, COUNT).concat(), Some(floor)).law;
        let of = |width: usize| -> Vec<f64> {
            let own = cells.iter().filter(|cell| cell[0].width == width);
            own.map(|cell| median(&missed(cell, law))).collect()
        };
        let (above, below) = (of(24), of(48));
        assert_eq!((above.len(), below.len()), (4, 3));
        assert!(above.iter().all(|missed| *missed > 0.5), "{above:?}");
        assert!(below.iter().all(|missed| *missed < -0.5), "{below:?}");
    }
}
