//! How sure is a fit? Draw as many runs from the runs, with replacement, fit again, and see how far the
//! result moves (the bootstrap: Efron 1979).

use super::fit::{Fit, Point, fit, from_starts};
use super::surface::Law;
use rand::Rng;
use tensors::seeds;

// ANCHOR: bootstrap
/// The laws of `rounds` samples of the points. Each search begins where the law of all points is, and
/// from the grid as well where `thorough`.
pub fn bootstrap(points: &[Point], floor: Option<f64>, rounds: usize, seed: u64) -> Vec<Law> {
    let mut rng = seeds::generator(seed);
    let all = fit(points, floor).law;
    let draw = |_| {
        let sample: Vec<Point> =
            points.iter().map(|_| points[rng.gen_range(0..points.len() as u32) as usize]).collect();
        let Fit { law, .. } = from_starts(&sample, floor, &starts(all));
        law
    };
    (0..rounds).map(draw).collect()
}
// ANCHOR_END: bootstrap

/// Around a law: itself, and laws with other exponents.
fn starts(law: Law) -> [Law; 3] {
    let with = |factor: f64| Law { alpha: law.alpha * factor, beta: law.beta / factor, ..law };
    [law, with(1.2), with(1.0 / 1.2)]
}

/// The middle `share` of some numbers: from where, and up to where.
///
/// # Panics
/// When there are none.
pub fn middle(numbers: &[f64], share: f64) -> (f64, f64) {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |quantile: f64| sorted[(quantile * (sorted.len() - 1) as f64).round() as usize];
    (at((1.0 - share) / 2.0), at(f64::midpoint(1.0, share)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_hundred_numbers() {
        let numbers: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        assert_eq!(middle(&numbers, 0.9), (5.0, 95.0));
        assert_eq!(middle(&numbers, 0.5), (25.0, 75.0));
        assert_eq!(middle(&[3.0], 0.9), (3.0, 3.0));
    }
}
