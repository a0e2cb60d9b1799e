//! Rotary positions, RoPE (Su et al. 2021): queries and keys are turned by their position.
//!
//! Pair i of the query at position m is turned by m·ωᵢ, that of the key at n by n·ωᵢ. Their product
//! then depends on m − n alone: turning both by the same angle changes no angle between them.

use crate::sinusoidal::frequency;
use attention::Sequences;
use dfdx::prelude::{Axis, BroadcastTo, ConstDim, Device, HasShape, Tape, Tensor, TryMatMul};
use tensors::Real;

// ANCHOR: rotate
/// Turns each pair (x₂ᵢ, x₂ᵢ₊₁) of `x`, `(batch, seq, Key)`, by position · ωᵢ: to (x₂ᵢ cos − x₂ᵢ₊₁
/// sin, x₂ᵢ₊₁ cos + x₂ᵢ sin).
pub fn rotate<Key: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
    x: Sequences<Key, E, D, T>,
) -> Sequences<Key, E, D, T> {
    let size = Key::SIZE;
    const { assert!(Key::SIZE.is_multiple_of(2), "numbers are turned in pairs") };
    let (device, shape) = (x.device().clone(), *x.shape());
    let of_angles = |f: fn(f64) -> f64| {
        let angle = |n: usize| (n / size) as f64 * frequency(n % size / 2, size);
        let numbers = (0..shape.1 * size).map(|n| E::of(f(angle(n)))).collect();
        device.tensor_from_vec(numbers, (shape.1, Key::default())).broadcast_like::<_, Axis<0>>(&shape)
    };
    // (x₀, x₁) · quarter turn = (−x₁, x₀)
    let mut quarter = vec![E::default(); size * size];
    for i in (0..size).step_by(2) {
        quarter[i * size + i + 1] = E::of(1.0);
        quarter[(i + 1) * size + i] = E::of(-1.0);
    }
    let quarter: Tensor<(Key, Key), E, D> =
        device.tensor_from_vec(quarter, (Key::default(), Key::default()));
    x.retaped::<T>().matmul(quarter) * of_angles(f64::sin) + x * of_angles(f64::cos)
}
// ANCHOR_END: rotate

#[cfg(test)]
mod tests {
    use super::*;
    use attention::attention_weights;
    use backprop::gradient_check::{Traced, worst_error};
    use dfdx::prelude::{Const, Cpu, NoneTape, Rank0, SumTo, TensorFromVec};
    use proptest::prelude::*;
    use tensors::seeds;

    fn random(seq: usize, seed: u64) -> Sequences<Const<6>, f64, Cpu, NoneTape> {
        let values = seeds::normal(&mut seeds::generator(seed), seq * 6, 1.0);
        Cpu::default().tensor_from_vec(values.into_iter().map(f64::from).collect(), (1, seq, Const::<6>))
    }

    /// Every position with the same vector.
    fn repeated(one: &[f64], seq: usize) -> Sequences<Const<6>, f64, Cpu, NoneTape> {
        Cpu::default().tensor_from_vec(one.repeat(seq), (1, seq, Const::<6>))
    }

    #[test]
    fn it_is_the_product_of_complex_numbers() {
        // (a + bi) · e^(iφ), computed as polar coordinates: an independent way.
        let x = random(9, 1);
        let ours = rotate(x.clone()).as_vec();
        for (n, pair) in x.as_vec().chunks(2).enumerate() {
            let (position, i) = (n / 3, n % 3);
            let (length, angle) = (pair[0].hypot(pair[1]), pair[1].atan2(pair[0]));
            let turned = angle + position as f64 * frequency(i, 6);
            assert!((ours[2 * n] - length * turned.cos()).abs() < 1e-12);
            assert!((ours[2 * n + 1] - length * turned.sin()).abs() < 1e-12);
        }
    }

    proptest! {
        #[test]
        fn scores_depend_on_the_distance_alone(seed: u64) {
            let (q, k) = (random(1, seed).as_vec(), random(1, !seed).as_vec());
            let scores = rotate(repeated(&q, 8)).as_vec();
            let keys = rotate(repeated(&k, 8)).as_vec();
            let score = |m: usize, n: usize| -> f64 { (0..6).map(|d| scores[6 * m + d] * keys[6 * n + d]).sum() };
            for distance in 0..4 {
                for n in 0..4 {
                    prop_assert!((score(n + distance, n) - score(distance, 0)).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn the_first_position_is_not_turned_and_no_length_changes() {
        let x = random(5, 2);
        let (before, after) = (x.as_vec(), rotate(x).as_vec());
        assert_eq!(before[..6], after[..6]);
        for (before, after) in before.chunks(6).zip(after.chunks(6)) {
            let length = |row: &[f64]| row.iter().map(|x| x * x).sum::<f64>().sqrt();
            assert!((length(before) - length(after)).abs() < 1e-12);
        }
    }

    #[test]
    fn gradients_equal_central_differences() {
        let (x, key, weigh) = (random(4, 3), random(4, 4), 0.3);
        let error = worst_error(&x, |x: Traced<(usize, usize, Const<6>)>| {
            (attention_weights(rotate(x), rotate(key.retaped()), None) + weigh).square().sum::<Rank0, _>()
        });
        assert!(error < 1e-8, "{error}");
    }
}
