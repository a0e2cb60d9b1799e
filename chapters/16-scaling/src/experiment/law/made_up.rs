//! Is the fitter to be trusted? It is tried on studies that are made up, whose law is known.

use super::cells::{COUNT, Cell, points};
use super::fits::HELD;
use kernels::measured::mean_and_error;
use scaling::law::bootstrap::{bootstrap, middle};
use scaling::law::fit::{Point, fit};
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

/// As many runs as were made, on a surface that is known, with noise.
fn made_up(law: Law, cells: &[Vec<Point>], noise: f64, seed: u64) -> Vec<Vec<Point>> {
    let runs = cells.iter().map(Vec::len).sum();
    let mut draws = seeds::normal(&mut seeds::generator(seed), runs, noise as f32).into_iter();
    let mut run = |point: &Point| {
        let off = f64::from(draws.next().expect("one for each run")).exp();
        Point { loss: law.loss(point.n, point.d) * off, ..*point }
    };
    cells.iter().map(|cell| cell.iter().map(&mut run).collect()).collect()
}

pub fn report(law: Law, cells: &[Cell]) {
    let cells = points(cells, COUNT);
    let noise = noise(&cells);
    println!(
        "\n{STUDIES} made-up studies of the law above, with noise of {noise:.3} in ln L as runs of a cell have it"
    );
    println!("of their intervals for nine tenths, those that hold the truth");
    println!("{:<17}{:>6}{:>6}{:>6}{:>24}", "", "E", "α", "β", "α, middle nine tenths");
    for (name, known) in [("E free", None), ("E known", Some(law.floor))] {
        let (mut holds, mut alphas) = ([0; 3], Vec::new());
        for seed in 0..STUDIES as u64 {
            let cells = made_up(law, &cells, noise, seed);
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
}
