//! Inputs at the ends of what `f32` holds: everything stays finite and right.

use crate::{Attend, Case, Think, distance, found, parameters};
use attention::scaled_dot_product::Sequences;
use dfdx::prelude::{Backward, Const, Cpu, NoneTape, OwnedTape, PutTape, TensorFromVec};
use kernels::Kernels;

const CASE: Case = Case { batch: 2, seq: 40, zeroed: 0.0, seed: 5 };

fn finite(numbers: &[f64]) -> bool {
    numbers.iter().all(|x| x.is_finite())
}

#[test]
fn huge_and_tiny_streams_pass_through_a_block() {
    for size in [1e-30, 1e-10, 1e-3, 1e3, 1e10, 1e15] {
        let x = CASE.numbers(CASE.rows() * 12, 1, size);
        let weights = CASE.numbers(x.len(), 2, 1.0);
        let linear = [(12, 12), (1, 12)];
        let of_attention = parameters(&CASE, &[[(1, 12); 2], linear, linear, linear, linear].concat());
        let attend = found(&CASE, &x, &of_attention, &weights, |x, m: &Attend<12, 3, 4, f32>, dropout| {
            crate::attention(x, m, dropout)
        });
        let shapes = [(1, 12), (1, 12), (20, 12), (1, 20), (12, 20), (1, 12)];
        let think = found(
            &CASE,
            &x,
            &parameters(&CASE, &shapes),
            &weights,
            |x, m: &Think<12, 20, f32>, dropout| <Cpu as Kernels<f32>>::think(x, &m.0, &m.1, dropout),
        );
        for part in [&attend, &think] {
            assert!(finite(&part.output) && part.slopes.iter().all(|s| finite(s)), "at size {size:e}");
        }
        // Beside a huge stream what the branch adds is lost in rounding; a tiny one is left with
        // what the branch adds.
        let exact = crate::plain::attend(&CASE, 3, &x, &of_attention);
        assert!(distance(&attend.output, &exact) < 1e-5, "at size {size:e}");
    }
}

#[test]
fn scores_of_any_size_give_weights_that_sum_to_one() {
    // Queries and keys are multiplied until the scores differ by thousands: each row's weight then
    // goes to one key, or is shared where keys are equal. With the value 1 everywhere, the output
    // is 1 exactly where the weights sum to 1.
    for size in [1.0, 1e2, 1e4, 1e8] {
        let x = CASE.numbers(CASE.rows() * 12, 1, 1.0);
        let (one, none) = (vec![1.0; 12], vec![0.0; 12]);
        let identity: Vec<f64> = (0..144).map(|i| f64::from(u8::from(i % 13 == 0))).collect();
        let large = CASE.numbers(144, 3, size);
        let all = [&one, &none, &large, &none, &large, &none, &vec![0.0; 144], &one, &identity, &none];
        let all: Vec<Vec<f64>> = all.into_iter().cloned().collect();
        let weights = CASE.numbers(x.len(), 2, 1.0);
        let run = found(&CASE, &x, &all, &weights, |x, m: &Attend<12, 3, 4, f32>, dropout| {
            crate::attention(x, m, dropout)
        });
        let sums: Vec<f64> = run.output.iter().zip(&x).map(|(y, x)| y - x).collect();
        assert!(distance(&sums, &vec![1.0; x.len()]) < 1e-6);
        // The gradient by the value's bias is the sum of the arriving gradients, whatever the
        // weights: here they must sum to 1 again in the backward pass, which computes them anew.
        let by_value = &run.slopes[8];
        let arriving: Vec<f64> = (0..12).map(|c| weights.iter().skip(c).step_by(12).sum()).collect();
        assert!(distance(by_value, &arriving) < 1e-5, "at size {size:e}: {by_value:?} {arriving:?}");
    }
}

#[test]
fn cross_entropy_of_hopeless_and_of_certain_logits() {
    let run = |row: [f32; 3], target| {
        let logits: Sequences<Const<3>, f32, Cpu, NoneTape> =
            Cpu::default().tensor_from_vec(row.to_vec(), (1, 1, Const));
        let traced = logits.clone().put_tape(OwnedTape::default());
        let loss = <Cpu as Kernels<f32>>::cross_entropy(traced, &[target], None);
        (loss.as_vec()[0], loss.backward().get(&logits).as_vec())
    };
    let near = |ours: &[f32], theirs: [f32; 3]| ours.iter().zip(theirs).all(|(a, b)| (a - b).abs() < 1e-37);
    let (loss, slopes) = run([1e30, 0.0, -1e30], 0);
    assert!(loss == 0.0 && near(&slopes, [0.0; 3]), "{loss} {slopes:?}");
    let (loss, slopes) = run([1e30, 0.0, -1e30], 2);
    assert!(loss == 2e30 && near(&slopes, [1.0, 0.0, -1.0]), "{loss} {slopes:?}");
    let (loss, slopes) = run([1e-30, -1e-30, 0.0], 1);
    assert!((loss - 3_f32.ln()).abs() < 1e-6 && (slopes[1] + 2.0 / 3.0).abs() < 1e-6);
}
