//! A network with one hidden layer, twice: on the engine of this chapter, number by number, and on
//! dfdx's tape.
//!
//! z = w₂ · tanh(W₁ x + b₁) + b₂, p = σ(z). Its parameters lie in one list: W₁ row by row,
//! b₁, w₂, b₂.

use crate::engine::{Tape, Value};
use dfdx::losses::binary_cross_entropy_with_logits_loss;
use dfdx::prelude::{
    Backward, BroadcastTo, Const, Cpu, HasShape, PermuteTo, Rank1, Rank2, Tensor, TensorFrom,
    TensorFromVec, Trace, TryAdd, TryMatMul,
};
use neurons::clouds::Labelled;
use tensors::seeds;

/// How many numbers a network with `hidden` hidden units has.
pub fn parameters(hidden: usize) -> usize {
    4 * hidden + 1
}

/// Parameters drawn from a normal distribution.
pub fn random(hidden: usize, seed: u64) -> Vec<f64> {
    seeds::normal(&mut seeds::generator(seed), parameters(hidden), 1.0).into_iter().map(f64::from).collect()
}

// ANCHOR: network
/// z, the sum before the sigmoid, for one point.
pub fn score<'t>(parameters: &[Value<'t>], x: [Value<'t>; 2]) -> Value<'t> {
    let hidden = parameters.len() / 4;
    let (w1, rest) = parameters.split_at(2 * hidden);
    let (b1, rest) = rest.split_at(hidden);
    let (w2, b2) = rest.split_at(hidden);
    let unit = |i: usize| (w1[2 * i] * x[0] + w1[2 * i + 1] * x[1] + b1[i]).tanh() * w2[i];
    (0..hidden).map(unit).fold(b2[0], |sum, term| sum + term)
}

/// The mean cross-entropy over `points`: −ln σ(z) = ln(1 + e⁻ᶻ) where the target is 1, ln(1 + eᶻ)
/// where it is 0.
pub fn loss<'t>(tape: &'t Tape, parameters: &[Value<'t>], points: &[Labelled]) -> Value<'t> {
    let (one, count) = (tape.value(1.0), tape.value(points.len() as f64));
    let one_loss = |([x0, x1], target): &Labelled| {
        let z = score(parameters, [tape.value(*x0), tape.value(*x1)]);
        (one + if *target == 1.0 { (-z).exp() } else { z.exp() }).ln()
    };
    points.iter().map(one_loss).reduce(|sum, loss| sum + loss).expect("at least one point") / count
}
// ANCHOR_END: network

// ANCHOR: gradient
/// The loss and its gradient, by the engine.
pub fn by_engine(parameters: &[f64], points: &[Labelled]) -> (f64, Vec<f64>) {
    let tape = Tape::default();
    let values: Vec<Value<'_>> = parameters.iter().map(|&p| tape.value(p)).collect();
    let loss = loss(&tape, &values, points);
    let gradient = loss.backward();
    (loss.data, values.into_iter().map(|value| gradient.of(value)).collect())
}
// ANCHOR_END: gradient

// ANCHOR: dfdx
/// The same by dfdx: tensors instead of numbers, the same tape idea.
///
/// # Panics
/// When `parameters` are not those of `HIDDEN` hidden units.
pub fn by_dfdx<const HIDDEN: usize>(parameters: &[f64], points: &[Labelled]) -> (f64, Vec<f64>) {
    assert_eq!(parameters.len(), self::parameters(HIDDEN));
    let dev = Cpu::default();
    let part = |from: usize, count: usize| parameters[from..from + count].to_vec();
    let w1: Tensor<Rank2<HIDDEN, 2>, f64, Cpu> = dev.tensor_from_vec(part(0, 2 * HIDDEN), (Const, Const));
    let b1: Tensor<Rank1<HIDDEN>, f64, Cpu> = dev.tensor_from_vec(part(2 * HIDDEN, HIDDEN), (Const,));
    let w2: Tensor<Rank1<HIDDEN>, f64, Cpu> = dev.tensor_from_vec(part(3 * HIDDEN, HIDDEN), (Const,));
    let b2 = dev.tensor(parameters[4 * HIDDEN]);
    let x = dev.tensor_from_vec(points.iter().flat_map(|(x, _)| *x).collect(), (points.len(), Const::<2>));
    let targets = dev.tensor_from_vec(points.iter().map(|(_, t)| *t).collect(), (points.len(),));

    let sums = x.leaky_traced().matmul(w1.clone().permute()); // (points, HIDDEN)
    let shape = *sums.shape();
    let hidden = sums.try_add(b1.clone().broadcast_like(&shape)).expect("equal shapes").tanh();
    let z = hidden.matmul(w2.clone()); // (points)
    let shape = *z.shape();
    let z = z.try_add(b2.clone().broadcast_like(&shape)).expect("equal shapes");
    let loss = binary_cross_entropy_with_logits_loss(z, targets);
    let value = loss.as_vec()[0];
    let gradients = loss.backward();
    let by = [gradients.get(&w1).as_vec(), gradients.get(&b1).as_vec(), gradients.get(&w2).as_vec()];
    (value, [by.concat(), gradients.get(&b2).as_vec()].concat())
}
// ANCHOR_END: dfdx

/// The gradient by the definition: two forward passes for each parameter.
pub fn by_differences(parameters: &[f64], points: &[Labelled]) -> Vec<f64> {
    const H: f64 = 1e-5;
    let at = |i: usize, step: f64| {
        let tape = Tape::default();
        let moved = |(j, &p): (usize, &f64)| tape.value(if i == j { p + step } else { p });
        let values: Vec<Value<'_>> = parameters.iter().enumerate().map(moved).collect();
        loss(&tape, &values, points).data
    };
    (0..parameters.len()).map(|i| (at(i, H) - at(i, -H)) / (2.0 * H)).collect()
}

// ANCHOR: train
/// Gradient descent: the parameters after `steps` steps, and the loss before each of them and at
/// the end.
pub fn train(
    mut parameters: Vec<f64>,
    points: &[Labelled],
    rate: f64,
    steps: usize,
) -> (Vec<f64>, Vec<f64>) {
    let mut losses = Vec::new();
    for _ in 0..steps {
        let (loss, gradient) = by_engine(&parameters, points);
        losses.push(loss);
        parameters.iter_mut().zip(gradient).for_each(|(p, slope)| *p -= rate * slope);
    }
    losses.push(by_engine(&parameters, points).0);
    (parameters, losses)
}
// ANCHOR_END: train

/// The probability that the network gives to class 1 at `x`.
pub fn predict(parameters: &[f64], x: [f64; 2]) -> f64 {
    let tape = Tape::default();
    let values: Vec<Value<'_>> = parameters.iter().map(|&p| tape.value(p)).collect();
    neurons::activation::sigmoid(score(&values, x.map(|x| tape.value(x))).data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurons::clouds::{XOR, two_clouds};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn engine_dfdx_and_definition_give_the_same_gradient(seed: u64, count in 1_usize..20) {
            let (parameters, points) = (random(3, seed), two_clouds(count, 1.0, seed ^ 1));
            let (loss, ours) = by_engine(&parameters, &points);
            let (library_loss, library) = by_dfdx::<3>(&parameters, &points);
            prop_assert!((loss - library_loss).abs() < 1e-12);
            let definition = by_differences(&parameters, &points);
            prop_assert_eq!((ours.len(), library.len()), (definition.len(), definition.len()));
            for ((a, b), c) in ours.iter().zip(library).zip(definition) {
                prop_assert!((a - b).abs() < 1e-12, "dfdx: {a} {b}");
                prop_assert!((a - c).abs() < 1e-8, "definition: {a} {c}");
            }
        }
    }

    #[test]
    fn a_hidden_layer_learns_what_one_neuron_cannot() {
        let (parameters, losses) = train(random(4, 1), &XOR, 1.0, 500);
        assert!(losses[500] < 0.01, "{}", losses[500]);
        for (x, target) in XOR {
            assert!((predict(&parameters, x) - target).abs() < 0.05);
        }
    }
}
