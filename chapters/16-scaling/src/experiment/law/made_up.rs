//! Is the fitter to be trusted? It is tried on studies that are made up, whose law is known.

use super::cells::{COUNT, LIMITS, cells, points};
use super::fits::HELD;
use super::record::Run;
use kernels::measured::mean_and_error;
use scaling::law::bootstrap::{bootstrap, middle};
use scaling::law::fit::{FEWEST, Point, fit};
use scaling::law::surface::Law;
use tensors::seeds;

/// Studies that are made up, and rounds of the bootstrap for each.
const STUDIES: usize = 100;
const ROUNDS: usize = 100;

/// How far runs of one cell lie apart: the standard deviation of ln L, of all cells together.
fn noise(cells: &[Vec<Point>]) -> f64 {
    let variance = |cell: &Vec<Point>| {
        let logs: Vec<f64> = cell.iter().map(|run| run.loss.ln()).collect();
        let (_, error) = mean_and_error(&logs);
        error * error * logs.len() as f64
    };
    let several: Vec<&Vec<Point>> = cells.iter().filter(|cell| cell.len() > 1).collect();
    (several.iter().map(|cell| variance(cell)).sum::<f64>() / several.len() as f64).sqrt()
}

/// How far the law misses cells beyond that noise: the standard deviation of ln L that all runs of a cell
/// share.
fn noise_of_cells(law: Law, cells: &[Vec<Point>], noise: f64) -> f64 {
    let miss = |run: &Point| (run.loss / law.loss(run.n, run.d)).ln();
    let misses: Vec<f64> =
        cells.iter().map(|cell| cell.iter().map(miss).sum::<f64>() / cell.len() as f64).collect();
    let (_, error) = mean_and_error(&misses);
    let of_means = error * error * misses.len() as f64;
    let of_runs: f64 = cells.iter().map(|cell| noise * noise / cell.len() as f64).sum::<f64>();
    (of_means - of_runs / cells.len() as f64).max(0.0).sqrt()
}

/// As many runs as were made, on a surface that is known, with noise of each run and of each cell.
fn made_up(law: Law, cells: &[Vec<Point>], noise: [f64; 2], seed: u64) -> Vec<Vec<Point>> {
    let draws = |seed: u64, count: usize, noise: f64| {
        let drawn = seeds::normal(&mut seeds::generator(seed), count, noise as f32);
        drawn.into_iter().map(f64::from)
    };
    let mut of_runs = draws(seed, cells.iter().map(Vec::len).sum(), noise[0]);
    let mut of_cells = draws(seed + 1_000_000, cells.len(), noise[1]);
    let mut cell = |cell: &Vec<Point>| {
        let shared = of_cells.next().expect("one for each cell");
        let run = |point: &Point| {
            let off = (shared + of_runs.next().expect("one for each run")).exp();
            Point { loss: law.loss(point.n, point.d) * off, ..*point }
        };
        cell.iter().map(run).collect()
    };
    cells.iter().map(&mut cell).collect()
}

/// The E that is found where it is free, in studies with the runs of each limit, and how often it is as high
/// as in ours: where only runs are off, and where cells are, too, as far as the law misses ours.
fn free_floors(runs: &[Run], floor: f64) {
    println!("\nE free in {STUDIES} made-up studies: middle nine tenths, and how many are as high as ours");
    for steps in LIMITS {
        let cells = points(&cells(runs, steps), COUNT);
        let [ours, known] = [None, Some(floor)].map(|known| fit(&cells.concat(), known).law);
        let of_runs = noise(&cells);
        for (name, of_cells) in [("runs", 0.0), ("cells", noise_of_cells(known, &cells, of_runs))] {
            let study = |seed| made_up(known, &cells, [of_runs, of_cells], seed).concat();
            let floors: Vec<f64> =
                (0..STUDIES as u64).map(|seed| fit(&study(seed), None).law.floor).collect();
            let (low, high) = middle(&floors, HELD);
            println!(
                "  made up from {steps} steps, {name:<7} noise {of_runs:.3} and {of_cells:.3}: {low:.3} to {high:.3}; \
                 as high as {:.3}: {}",
                ours.floor,
                floors.iter().filter(|&&found| found >= ours.floor).count()
            );
        }
    }
}

pub fn report(law: Law, runs: &[Run]) {
    let cells = points(&cells(runs, FEWEST), COUNT);
    let noise = noise(&cells);
    println!(
        "\n{STUDIES} made-up studies of the law above, with noise of {noise:.3} in ln L as runs of a cell have it"
    );
    println!("of their intervals for nine tenths, those that hold the truth");
    println!("{:<17}{:>6}{:>6}{:>6}{:>24}", "", "E", "α", "β", "α, middle nine tenths");
    for (name, known) in [("E free", None), ("E known", Some(law.floor))] {
        let (mut holds, mut alphas) = ([0; 3], Vec::new());
        for seed in 0..STUDIES as u64 {
            let cells = made_up(law, &cells, [noise, 0.0], seed);
            alphas.push(fit(&cells.concat(), known).law.alpha);
            let samples = bootstrap(&cells, known, ROUNDS, seed);
            let number: [fn(&Law) -> f64; 3] = [|law| law.floor, |law| law.alpha, |law| law.beta];
            for (held, of) in holds.iter_mut().zip(number) {
                let (low, high) = middle(&samples.iter().map(of).collect::<Vec<_>>(), HELD);
                *held += usize::from((low..=high).contains(&of(&law)));
            }
        }
        let (low, high) = middle(&alphas, HELD);
        let of_floor = if known.is_none() { holds[0].to_string() } else { String::new() };
        println!(
            "{:<17}{of_floor:>6}{:>6}{:>6}{:>24}",
            format!("made up, {name}"),
            holds[1],
            holds[2],
            format!("{low:.3} to {high:.3}")
        );
    }
    free_floors(runs, law.floor);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_that_was_put_in_is_found_again() {
        let law = Law { floor: 0.09, a: 30.0, alpha: 0.55, b: 500.0, beta: 0.6 };
        let point = |n: i32| Point { n: 1e5 * f64::from(n), d: 1e6, loss: 1.0 };
        let cells: Vec<Vec<Point>> = (1..=400).map(|n| vec![point(n); 3]).collect();
        for put in [[0.04, 0.0], [0.04, 0.1]] {
            let study = made_up(law, &cells, put, 7);
            let of_runs = noise(&study);
            assert!((of_runs / put[0] - 1.0).abs() < 0.1, "{of_runs}");
            // A standard deviation of 400 numbers is known to a twenty-eighth.
            let of_cells = noise_of_cells(law, &study, of_runs);
            assert!((of_cells - put[1]).abs() < 0.012, "{of_cells}, not {}", put[1]);
        }
    }
}
