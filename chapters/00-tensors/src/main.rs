//! The experiment of chapter 0: `cargo run -p tensors`.
//!
//! What does averaging do to noise? Rows of random numbers are averaged over more and more columns,
//! by one reduction each.

use dfdx::prelude::*;
use figures::{Chart, HeatMap, PlotError, save};
use tensors::seeds;

const CHAPTER: &str = "tensors";
/// Rows, each an experiment of its own.
const ROWS: usize = 2000;

fn main() -> Result<(), PlotError> {
    averages()?;
    broadcast()
}

/// The spread of a mean of n numbers falls as 1/√n.
fn averages() -> Result<(), PlotError> {
    let dev = Cpu::default();
    let mut rng = seeds::generator(0);
    let mut measured = Vec::new();
    for n in [1, 2, 4, 8, 16, 32, 64, 128, 256] {
        let noise = dev.tensor_from_vec(seeds::normal(&mut rng, ROWS * n, 1.0), (Const::<ROWS>, n));
        let means: Tensor<Rank1<ROWS>, f32, Cpu> = noise.mean();
        let spread = means.stddev::<Rank0, _>(0.0).array();
        println!(
            "mean of {n:>3} numbers: standard deviation {spread:.3}, 1/√n = {:.3}",
            1.0 / (n as f64).sqrt()
        );
        measured.push((f64::from(n as u32), f64::from(spread)));
    }
    let law = (0..=80).map(|i| 2_f64.powf(f64::from(i) / 10.0)).map(|n| (n, 1.0 / n.sqrt()));
    let chart = Chart::new("Averaging n random numbers", "n", "standard deviation of the mean")
        .log_x()
        .log_y()
        .scatter("measured", measured)
        .line("1/√n", law);
    save(CHAPTER, "averages", &chart.draw()?)
}

/// A column plus a row is a table of all sums.
fn broadcast() -> Result<(), PlotError> {
    let dev = Cpu::default();
    let column: Tensor<Rank1<5>, f32, Cpu> = dev.tensor([0.0, 1.0, 2.0, 3.0, 4.0]);
    let row: Tensor<Rank1<8>, f32, Cpu> = dev.tensor([0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]);
    let table = column.broadcast::<Rank2<5, 8>, Axis<1>>() + row.broadcast::<Rank2<5, 8>, Axis<0>>();
    let values = table.array().map(|row| row.map(f64::from).to_vec()).to_vec();
    let map = HeatMap::new("column[i] + row[j]", values)
        .rows((0..5).map(|i| format!("i = {i}")))
        .cols((0..8).map(|j| j.to_string()))
        .with_numbers();
    save(CHAPTER, "broadcast", &map.draw()?)
}
