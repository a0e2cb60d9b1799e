//! What the law says of runs that it has not seen.

use super::cells::{COUNT, above, cells, points};
use super::record::{Run, Study};
use gpt::Shape;
use gpt::sizes::LaptopBpe;
use kernels::measured::median;
use scaling::law::fit::{FEWEST, fit};

pub fn report(study: &Study, floor: f64) {
    hidden(&study.runs, floor);
    default_run(study, floor);
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
    let Some(found) = study.default_run.found.last() else { return };
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
