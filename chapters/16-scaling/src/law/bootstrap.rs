//! How sure is a fit? Draw as many cells from the cells, with replacement, fit again, and see how far the
//! result moves (the bootstrap: Efron 1979). A cell is the runs of one size on one budget: a law that misses
//! one of them misses the others to the same side, so they are one witness, not three.

use super::fit::{Point, fit, from_starts};
use super::surface::Law;
use rand::Rng;
use tensors::seeds;

// ANCHOR: bootstrap
/// The laws of `rounds` samples of the cells. Each search begins at the law of all of them.
pub fn bootstrap(cells: &[Vec<Point>], floor: Option<f64>, rounds: usize, seed: u64) -> Vec<Law> {
    let mut rng = seeds::generator(seed);
    let all = fit(&cells.concat(), floor).law;
    let mut draw = |_| {
        let drawn = |_| cells[rng.gen_range(0..cells.len() as u32) as usize].clone();
        let sample: Vec<Point> = (0..cells.len()).flat_map(drawn).collect();
        from_starts(&sample, floor, &[all]).law
    };
    (0..rounds).map(&mut draw).collect()
}
// ANCHOR_END: bootstrap

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

    #[test]
    fn intervals_hold_the_truth_about_as_often_as_they_say() {
        const STUDIES: u64 = 12;
        let law = Law { floor: 0.09, a: 30.0, alpha: 0.55, b: 500.0, beta: 0.6 };
        let study = |seed| {
            let mut noise = seeds::normal(&mut seeds::generator(seed), 60, 0.02).into_iter();
            let mut cells = Vec::new();
            for budget in [2e11, 6e11, 1.8e12, 5.4e12] {
                for n in [6e4, 1e5, 2e5, 4e5, 8e5] {
                    let d = budget / (6.0 * n);
                    let run = |noise| Point { n, d, loss: law.loss(n, d) * f64::from(noise).exp() };
                    cells.push(noise.by_ref().take(3).map(run).collect::<Vec<_>>());
                }
            }
            cells
        };
        let (mut held, mut widths, mut found) = (0, Vec::new(), Vec::new());
        for seed in 0..STUDIES {
            let cells = study(seed);
            assert_eq!(cells.concat().len(), 60);
            found.push(fit(&cells.concat(), Some(law.floor)).law.beta);
            let betas: Vec<f64> =
                bootstrap(&cells, Some(law.floor), 40, seed).iter().map(|law| law.beta).collect();
            let (low, high) = middle(&betas, 0.9);
            held += usize::from((low..=high).contains(&law.beta));
            widths.push(high - low);
        }
        // Of twelve intervals that hold it with 0.9 each, fewer than eight do once in two hundred times.
        assert!(held >= 8, "{held} of {STUDIES} hold the truth");
        // They are as wide as the fits of the studies lie apart, whose nine tenths are nearly all of twelve.
        let (low, high) = middle(&found, 1.0);
        let width = widths.iter().sum::<f64>() / STUDIES as f64;
        assert!((0.4..2.5).contains(&(width / (high - low))), "{width} and {}", high - low);
    }
}
