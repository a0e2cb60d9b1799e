//! How much of a batch's gradient is noise: the gradient noise scale (McCandlish et al. 2018).
//!
//! The gradient of one example is the true gradient G and noise around it, whose covariance matrix is Σ.
//! The mean over B examples has the same G and a B-th of the noise: on average its square is as
//! long as
//!
//! E |g_B|² = |G|² + tr Σ / B.
//!
//! At B = tr Σ / |G|² both are equally long. That is the **noise scale**: far below it a batch twice as
//! large is nearly twice as good, far above it there is nothing left to average away.
//!
//! Neither G nor Σ can be had, but E |g_B|² can, at two sizes of B: two equations for two unknowns
//! (appendix A.1 of the paper). Each of the two answers is right on average, their quotient is not
//! quite: so many estimates are averaged first, and divided then.

// ANCHOR: noise
/// Sums of estimates of |G|² and tr Σ.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct NoiseScale {
    signal: f64,
    noise: f64,
    count: usize,
}

impl NoiseScale {
    /// Adds what two batches say: of `small` examples, whose gradient has the squared length
    /// `small_square`, and of `large` ones. A mean of several small batches' squares is better than one.
    pub fn add(&mut self, (small, small_square): (usize, f64), (large, large_square): (usize, f64)) {
        let [b, c] = [small as f64, large as f64];
        self.signal += (c * large_square - b * small_square) / (c - b);
        self.noise += (small_square - large_square) / (1.0 / b - 1.0 / c);
        self.count += 1;
    }

    /// The mean estimate of |G|².
    pub fn signal(&self) -> f64 {
        self.signal / self.count as f64
    }

    /// The mean estimate of tr Σ.
    pub fn noise(&self) -> f64 {
        self.noise / self.count as f64
    }

    /// tr Σ / |G|², in examples.
    pub fn scale(&self) -> f64 {
        self.noise / self.signal
    }
}
// ANCHOR_END: noise

/// The squared length of a gradient and of its W parts: what data parallelism has at hand, where machine
/// after machine hands in the mean over its own rows.
///
/// Returns the mean square of the parts and the square of their mean.
pub fn squares_of(parts: &[Vec<f32>]) -> (f64, f64) {
    let length = parts.first().map_or(0, Vec::len);
    let square = |part: &Vec<f32>| deep_networks::squares(part);
    let mean: Vec<f32> =
        (0..length).map(|i| parts.iter().map(|part| part[i]).sum::<f32>() / parts.len() as f32).collect();
    (parts.iter().map(square).sum::<f64>() / parts.len() as f64, square(&mean))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use tensors::seeds;

    /// The gradient of ½ (w·x − y)² by w, for x of `d` standard normal numbers and y = w*·x + noise of
    /// deviation `sigma`, where w − w* = `off`: (off·x − noise) x.
    fn slope(off: &[f32], sigma: f32, rng: &mut ChaCha8Rng) -> Vec<f32> {
        let x = seeds::normal(rng, off.len(), 1.0);
        let error = off.iter().zip(&x).map(|(o, x)| o * x).sum::<f32>() - seeds::normal(rng, 1, sigma)[0];
        x.iter().map(|x| error * x).collect()
    }

    #[test]
    fn linear_regression_has_the_noise_scale_of_its_closed_form() {
        // E g = off, and by E xxᵀ = 1 and E |x|² (o·x)² = (d + 2) |o|²: E |g|² = (d + 2) |off|² + d σ².
        // So tr Σ = (d + 1) |off|² + d σ², and the noise scale is d + 1 + d σ² / |off|².
        let (off, sigma) = ([0.5, -1.0, 0.25, 2.0, 0.0, 1.5], 3.0);
        let (d, square) = (6.0, 7.5625);
        let (true_noise, expected) = ((d + 1.0) * square + d * 9.0, d + 1.0 + d * 9.0 / square);
        let mut rng = seeds::generator(1);
        // Small batches of 2 in large ones of 16, and of 1 in 4: any two sizes will do.
        for (small, parts) in [(2, 8), (1, 4)] {
            let mut scale = NoiseScale::default();
            for _ in 0..20_000 {
                let part = |rng: &mut ChaCha8Rng| {
                    let slopes: Vec<Vec<f32>> = (0..small).map(|_| slope(&off, sigma, rng)).collect();
                    (0..6).map(|i| slopes.iter().map(|g| g[i]).sum::<f32>() / small as f32).collect()
                };
                let parts: Vec<Vec<f32>> = (0..parts).map(|_| part(&mut rng)).collect();
                let (small_square, large_square) = squares_of(&parts);
                scale.add((small, small_square), (small * parts.len(), large_square));
            }
            // Four standard errors, as twenty such sums of 20,000 were found to scatter (1 % and 0.5 %).
            assert!(
                (scale.signal() / square - 1.0).abs() < 0.04,
                "|G|² is {square}, not {}",
                scale.signal()
            );
            assert!((scale.noise() / true_noise - 1.0).abs() < 0.03, "{true_noise}, not {}", scale.noise());
            assert!((scale.scale() / expected - 1.0).abs() < 0.05, "{expected}, not {}", scale.scale());
        }
    }

    #[test]
    fn without_noise_the_scale_is_zero() {
        let mut scale = NoiseScale::default();
        let (small, large) = squares_of(&[vec![3.0, 4.0], vec![3.0, 4.0]]);
        scale.add((1, small), (2, large));
        assert_eq!((scale.signal(), scale.noise(), scale.scale()), (25.0, 0.0, 0.0));
    }
}
