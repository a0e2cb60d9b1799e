//! Randomness that can be repeated.
//!
//! A **seed** is a number from which a generator computes an endless list of numbers that look
//! random. The same seed gives the same list: an experiment that takes a seed can be run again, by
//! you or by a test. The book uses ChaCha with eight rounds, whose output is the same on every
//! platform, for all draws that its results depend on.

use rand::{Rng, SeedableRng, distributions::Distribution};
use rand_chacha::ChaCha8Rng;

/// A generator that starts from `seed`.
///
/// ```
/// use rand::Rng;
/// let mut a = tensors::seeds::generator(7);
/// let mut b = tensors::seeds::generator(7);
/// assert_eq!(a.r#gen::<u64>(), b.r#gen::<u64>());
/// ```
pub fn generator(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// `count` draws from the normal distribution with mean 0 and standard deviation `sigma`.
///
/// The Box–Muller transform: two uniform numbers become one normal number.
pub fn normal(rng: &mut impl Rng, count: usize, sigma: f32) -> Vec<f32> {
    let uniform = rand::distributions::Open01;
    (0..count)
        .map(|_| {
            let (u, v): (f64, f64) = (uniform.sample(rng), uniform.sample(rng));
            let z = (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos();
            sigma * z as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        assert_eq!(normal(&mut generator(3), 10, 1.0), normal(&mut generator(3), 10, 1.0));
        assert_ne!(normal(&mut generator(3), 10, 1.0), normal(&mut generator(4), 10, 1.0));
    }

    #[test]
    fn normal_draws_have_the_mean_and_deviation_asked_for() {
        let n = 100_000;
        let draws = normal(&mut generator(0), n, 2.0);
        let mean = draws.iter().sum::<f32>() / n as f32;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / n as f32;
        // The standard error of the mean is 2/√n = 0.006, that of the variance 4·√(2/n) = 0.018:
        // four of each.
        assert!(mean.abs() < 0.025, "mean {mean}");
        assert!((variance - 4.0).abs() < 0.072, "variance {variance}");
    }
}
