//! Is this gradient right? Ask the definition.
//!
//! The derivative of f along one coordinate is the limit of (f(x + h) − f(x − h)) / 2h: the **central difference**. It needs two
//! evaluations of f per coordinate, far too slow to train with, and exactly right to test with. In f64 with h = 10⁻⁵ its own error
//! is near 10⁻¹⁰ (the h² term and the rounding f·2⁻⁵²/h are about equal).

use dfdx::prelude::{Backward, Cpu, OwnedTape, Rank0, Shape, Tensor, TensorFromVec, Trace};

/// A tensor in f64 on the CPU that records what is done with it.
pub type Traced<S> = Tensor<S, f64, Cpu, OwnedTape<f64, Cpu>>;

// ANCHOR: check
/// The largest relative difference between the gradient of `loss` at `x` by back-propagation and by central differences.
///
/// The difference at each coordinate is measured relative to 1 + |gradient|, so that tiny gradients are judged absolutely.
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
    const H: f64 = 1e-5;
    let gradient = loss(x.leaky_trace()).backward().get(x).as_vec();
    let values = x.as_vec();
    let at = |i: usize, step: f64| {
        let mut moved = values.clone();
        moved[i] += step;
        let x = Cpu::default().tensor_from_vec(moved, *dfdx::prelude::HasShape::shape(x));
        loss(x.leaky_traced()).as_vec()[0]
    };
    (0..values.len())
        .map(|i| (at(i, H) - at(i, -H)) / (2.0 * H))
        .zip(gradient)
        .map(|(difference, gradient)| (difference - gradient).abs() / (1.0 + gradient.abs()))
        .fold(0.0, f64::max)
}
// ANCHOR_END: check

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{Rank1, SumTo, TensorFrom};

    #[test]
    fn a_wrong_gradient_is_caught() {
        // dfdx's accurate_gelu returns a wrong derivative (its erf term lacks 1/√2): the check must say so.
        let x = Cpu::default().tensor([0.7, -0.4, 1.3]);
        let error = worst_error(&x, |x: Traced<Rank1<3>>| x.accurate_gelu().sum::<Rank0, _>());
        assert!(error > 0.01, "{error}");
    }
}
