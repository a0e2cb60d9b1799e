//! Sines and cosines of the position (Vaswani et al. 2017, section 3.5): a clock with many hands.
//!
//! PE(pos, 2i) = sin(pos / 10000^(2i/d)), PE(pos, 2i + 1) = cos(pos / 10000^(2i/d)). Pair i is a
//! hand that turns by ωᵢ = 10000^(−2i/d) with each position: the first by 1 radian a step, the last
//! 10000^((d−2)/d) times slower, a hundred times for d = 4 and nearly ten thousand times for large d.

use dfdx::prelude::{Device, Tensor};
use tensors::Real;

// ANCHOR: frequency
/// ωᵢ: by how many radians pair `i` of `size` numbers turns from one position to the next.
pub fn frequency(i: usize, size: usize) -> f64 {
    10_000_f64.powf(-((2 * i) as f64) / size as f64)
}

/// The encoding of a position in `size` numbers.
pub fn encoding(position: usize, size: usize) -> Vec<f64> {
    (0..size)
        .map(|n| {
            let angle = position as f64 * frequency(n / 2, size);
            if n.is_multiple_of(2) { angle.sin() } else { angle.cos() }
        })
        .collect()
}
// ANCHOR_END: frequency

/// The encodings of positions 0 to `seq` − 1, `(seq, size)`: to be added to the vectors of tokens.
pub fn table<E: Real, D: Device<E>>(device: &D, seq: usize, size: usize) -> Tensor<(usize, usize), E, D> {
    let numbers = (0..seq).flat_map(|position| encoding(position, size)).map(E::of).collect();
    device.tensor_from_vec(numbers, (seq, size))
}

// ANCHOR: copied
/// A formula that is widely copied, and wrong: sin(pos/10000)¹ + cos(pos/10000)². One number for
/// each position, whatever the size.
pub fn widely_copied(position: usize) -> f64 {
    let angle = position as f64 / 10_000.0;
    angle.sin() + angle.cos().powi(2)
}
// ANCHOR_END: copied

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dot(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    proptest! {
        // ANCHOR: rotation
        #[test]
        fn a_shift_is_a_rotation_that_does_not_depend_on_the_position(
            position in 0_usize..1000,
            shift in 0_usize..1000,
        ) {
            let (here, there) = (encoding(position, 16), encoding(position + shift, 16));
            for i in 0..8 {
                let (sin, cos) = (shift as f64 * frequency(i, 16)).sin_cos();
                prop_assert!((there[2 * i] - (cos * here[2 * i] + sin * here[2 * i + 1])).abs() < 1e-9);
                prop_assert!((there[2 * i + 1] - (cos * here[2 * i + 1] - sin * here[2 * i])).abs() < 1e-9);
            }
        }
        // ANCHOR_END: rotation

        #[test]
        fn how_alike_two_encodings_are_depends_on_their_distance_only(a in 0_usize..500, b in 0_usize..500, shift in 0_usize..500) {
            let near = dot(&encoding(a, 32), &encoding(b, 32));
            let moved = dot(&encoding(a + shift, 32), &encoding(b + shift, 32));
            prop_assert!((near - moved).abs() < 1e-9);
        }
    }

    #[test]
    fn worked_numbers() {
        // Four numbers: ω₀ = 1, ω₁ = 1/100.
        let expected = [3_f64.sin(), 3_f64.cos(), 0.03_f64.sin(), 0.03_f64.cos()];
        for (own, expected) in encoding(3, 4).iter().zip(expected) {
            assert!((own - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn the_last_of_two_hands_is_a_hundred_times_slower_and_of_many_nearly_ten_thousand_times() {
        let slower = |size: usize| frequency(0, size) / frequency(size / 2 - 1, size);
        assert!((slower(4) - 100.0).abs() < 1e-9);
        assert!(slower(32) < 6_000.0);
        assert!((9_600.0..10_000.0).contains(&slower(512)), "{}", slower(512));
    }

    #[test]
    fn the_widely_copied_formula_hardly_tells_neighbours_apart() {
        let largest_step =
            (0..500).map(|p| (widely_copied(p + 1) - widely_copied(p)).abs()).fold(0.0, f64::max);
        assert!(largest_step < 1.1e-4, "{largest_step}");
        let right_step = |p: usize| {
            encoding(p, 32)
                .iter()
                .zip(encoding(p + 1, 32))
                .map(|(a, b)| (a - b).powi(2))
                .sum::<f64>()
                .sqrt()
        };
        assert!((0..500).all(|p| right_step(p) > 1.0), "of the right one every step is longer than 1");
    }
}
