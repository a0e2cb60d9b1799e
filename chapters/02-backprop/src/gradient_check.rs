//! Is this gradient right? Ask the definition.
//!
//! The derivative of f along one coordinate is the limit of (f(x + h) − f(x − h)) / 2h: the
//! **central difference**. It needs two evaluations of f per coordinate, far too slow to train
//! with, and exactly right to test with. In f64 with h = 10⁻⁵ its own error is near 10⁻¹⁰ (the h²
//! term and the rounding f·2⁻⁵²/h are about equal).

use dfdx::prelude::{Backward, Cpu, HasShape, OwnedTape, Rank0, Shape, Tensor, TensorFromVec, Trace};

/// A tensor in f64 on the CPU that records what is done with it.
pub type Traced<S> = Tensor<S, f64, Cpu, OwnedTape<f64, Cpu>>;

// ANCHOR: check
/// The largest relative difference between the gradient of `loss` at `x` by back-propagation and by
/// central differences.
///
/// The difference at each coordinate is measured relative to 1 + |gradient|, so that tiny gradients
/// are judged absolutely.
///
/// ```
/// use backprop::gradient_check::{Traced, worst_error};
/// use dfdx::prelude::*;
/// let x = Cpu::default().tensor([0.5, -1.5, 2.0]);
/// let sum_of_squares = |x: Traced<Rank1<3>>| x.square().sum::<Rank0, _>();
/// assert!(worst_error(&x, sum_of_squares) < 1e-8);
/// ```
pub fn worst_error<S: Shape>(
    x: &Tensor<S, f64, Cpu>,
    loss: impl Fn(Traced<S>) -> Tensor<Rank0, f64, Cpu, OwnedTape<f64, Cpu>>,
) -> f64 {
    let all = HasShape::shape(x).num_elements();
    worst_error_at(x, 0..all, 1e-5, loss)
}

/// As [`worst_error`], at the coordinates `places`, with the step `h`.
pub fn worst_error_at<S: Shape>(
    x: &Tensor<S, f64, Cpu>,
    places: impl IntoIterator<Item = usize>,
    h: f64,
    loss: impl Fn(Traced<S>) -> Tensor<Rank0, f64, Cpu, OwnedTape<f64, Cpu>>,
) -> f64 {
    let gradient = loss(x.leaky_trace()).backward().get(x).as_vec();
    let values = x.as_vec();
    let at = |i: usize, step: f64| {
        let mut moved = values.clone();
        moved[i] += step;
        let x = Cpu::default().tensor_from_vec(moved, *HasShape::shape(x));
        loss(x.leaky_traced()).as_vec()[0]
    };
    let relative = |i: usize| {
        let difference = (at(i, h) - at(i, -h)) / (2.0 * h);
        (difference - gradient[i]).abs() / (1.0 + gradient[i].abs())
    };
    places.into_iter().map(relative).fold(0.0, f64::max)
}
// ANCHOR_END: check

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{Rank1, SumTo, TensorFrom};

    #[test]
    fn a_wrong_gradient_is_caught() {
        // dfdx's accurate_gelu returns a wrong derivative (its erf term lacks 1/√2): the check must
        // say so.
        let x = Cpu::default().tensor([0.7, -0.4, 1.3]);
        let error = worst_error(&x, |x: Traced<Rank1<3>>| x.accurate_gelu().sum::<Rank0, _>());
        assert!(error > 0.01, "{error}");
    }
}
