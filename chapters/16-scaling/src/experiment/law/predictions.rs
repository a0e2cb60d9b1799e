//! What the law says of runs that it has not seen, and of what its runs have not learned.

use super::cells::{COUNT, FEWEST, LIMITS, above, cells, points};
use super::fits::{HELD, ROUNDS, interval};
use super::record::{Run, Study};
use gpt::Shape;
use gpt::sizes::LaptopBpe;
use kernels::measured::median;
use scaling::law::bootstrap::{bootstrap, middle};
use scaling::law::fit::fit;
use scaling::law::names::paid;

pub fn report(study: &Study, floor: f64) {
    hidden(&study.runs, floor);
    default_run(study, floor);
    without_names(&study.runs, floor);
}

/// Fits without the largest budget, and predicts it.
fn hidden(runs: &[Run], floor: f64) {
    let largest = runs.iter().map(|run| run.budget).fold(0.0, f64::max);
    let cells = cells(runs, FEWEST);
    let (seen, unseen): (Vec<_>, Vec<_>) = cells.into_iter().partition(|cell| cell[0].budget < largest);
    println!(
        "\nthe budget of {largest:.1e} hidden, and predicted: bits a character above the floor, median of the seeds"
    );
    let seen = points(&seen, COUNT).concat();
    let laws = [None, Some(floor)].map(|known| fit(&seen, known).law);
    println!("{:<16}{:>12}{:>12}{:>12}", "", "measured", "E free", "E known");
    let mut misses = [Vec::new(), Vec::new()];
    for cell in unseen {
        let measured = median(&cell.iter().map(|run| above(run)).collect::<Vec<_>>());
        let [n, d] = [COUNT.of(&cell[0].shape()), cell[0].found.tokens as f64];
        let predicted = laws.map(|law| law.loss(n, d) - floor);
        let [free, known] = predicted;
        let name = format!("hidden, width {}", cell[0].width);
        println!("{name:<16}{measured:>12.4}{free:>12.4}{known:>12.4}");
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
    let points = points(&cells(&study.runs, FEWEST), COUNT).concat();
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

/// The same fit to what all tokens but the names cost.
fn without_names(runs: &[Run], floor: f64) {
    let cost = |run: &Run| paid(&run.found.marks).bits / run.found.marks.characters as f64;
    let all: Vec<f64> = runs.iter().map(cost).collect();
    let (low, high) = middle(&all, 1.0);
    println!("\nnames told before cost {low:.4} to {high:.4} bits a character in all runs");
    println!("the law of the other tokens, E free, by the fewest steps of a run; the floor is {floor:.4}");
    for steps in LIMITS {
        let cells = cells(runs, steps);
        let with = points(&cells, COUNT);
        let mut points = with.clone();
        for (points, cell) in points.iter_mut().zip(&cells) {
            points.iter_mut().zip(cell).for_each(|(point, run)| point.loss -= cost(run));
        }
        let law = fit(&points.concat(), None).law;
        let samples = bootstrap(&points, None, ROUNDS, 1);
        println!(
            "  without names, {steps} steps: E {:.4} ({}), α {:.3}, β {:.3}",
            law.floor,
            interval(&samples, |law| law.floor),
            law.alpha,
            law.beta
        );
        let fall = fit(&with.concat(), None).law.floor - law.floor;
        // The same seed draws the same cells: two fits to each draw.
        let pairs = bootstrap(&with, None, ROUNDS, 1).into_iter().zip(samples);
        let falls: Vec<f64> = pairs.map(|(with, without)| with.floor - without.floor).collect();
        let (low, high) = middle(&falls, HELD);
        println!(
            "  so E falls, {steps} steps: {fall:.4} ({low:+.3} to {high:+.3}), and in {:.0} % of {ROUNDS} samples",
            100.0 * falls.iter().filter(|&&fall| fall > 0.0).count() as f64 / ROUNDS as f64
        );
    }
}
