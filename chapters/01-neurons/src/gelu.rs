//! GELU, the activation of GPT: a smooth gate.
//!
//! GELU(x) = x · Φ(x), where Φ is the probability that a standard normal number is smaller than x
//! (Hendrycks & Gimpel 2016). GPT-2 computes it by the approximation from the same paper,
//!
//! GELU(x) ≈ ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))),
//!
//! which differs from the exact function by less than 0.001 everywhere. The formula and its
//! derivative stand side by side in [`gelu`] and [`gelu_derivative`]; [`Gelu`] puts them on dfdx's
//! tape as one operation, so that the exponential is computed once, by a loop that the compiler can
//! vectorise ([`value_and_slope`]), and serves both the value and the slope.

use crate::exponential::exp;
use dfdx::prelude::{
    Cpu, Device, Dtype, HasShape, PutTape, Shape, SplitTape, Storage, Tape, Tensor, TensorFromVec,
};
use std::ops::DerefMut;
use tensors::widest;

/// √(2/π), the slope of the tanh's argument at 0.
const SLOPE: f64 = 0.797_884_560_802_865_4;
/// The cubic term that bends tanh towards the normal distribution.
const CUBIC: f64 = 0.044_715;

/// GELU(x) in the tanh form.
pub fn gelu(x: f64) -> f64 {
    0.5 * x * (1.0 + (SLOPE * (x + CUBIC * x * x * x)).tanh())
}

/// d GELU / dx: with t the tanh, ½ (1 + t) + ½ x (1 − t²) √(2/π) (1 + 3 · 0.044715 x²).
pub fn gelu_derivative(x: f64) -> f64 {
    let t = (SLOPE * (x + CUBIC * x * x * x)).tanh();
    0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * SLOPE * (1.0 + 3.0 * CUBIC * x * x)
}

/// A device that can apply [`gelu`] to every element of a tensor, on the tape.
pub trait Gelu<E: Dtype>: Device<E> {
    /// GELU of every element.
    fn gelu<S: Shape, T: Tape<E, Self>>(x: Tensor<S, E, Self, T>) -> Tensor<S, E, Self, T>;
}

impl Gelu<f32> for Cpu {
    fn gelu<S: Shape, T: Tape<f32, Self>>(x: Tensor<S, f32, Self, T>) -> Tensor<S, f32, Self, T> {
        map_with_slope(x, value_and_slope)
    }
}

impl Gelu<f64> for Cpu {
    fn gelu<S: Shape, T: Tape<f64, Self>>(x: Tensor<S, f64, Self, T>) -> Tensor<S, f64, Self, T> {
        map_with_slope(x, |x| (gelu(x), gelu_derivative(x)))
    }
}

#[cfg(feature = "cuda")]
impl Gelu<f32> for dfdx::prelude::Cuda {
    /// dfdx's own kernel for the same formula.
    fn gelu<S: Shape, T: Tape<f32, Self>>(x: Tensor<S, f32, Self, T>) -> Tensor<S, f32, Self, T> {
        x.fast_gelu()
    }
}

// ANCHOR: tape
/// A differentiable operation on dfdx's tape: `f` gives the value and the slope at each element.
///
/// The tape records a closure that, when the gradient of the output arrives, adds gradient × slope
/// to the gradient of the input.
fn map_with_slope<E, S, T>(x: Tensor<S, E, Cpu, T>, f: impl Fn(E) -> (E, E)) -> Tensor<S, E, Cpu, T>
where
    E: Dtype,
    S: Shape,
    T: Tape<E, Cpu>,
    Cpu: Device<E>,
    <Cpu as Storage<E>>::Vec: DerefMut<Target = Vec<E>>,
{
    use dfdx::prelude::ReshapeTo;
    let (x, mut tape) = x.contiguous().split_tape();
    let mut values = vec![E::default(); x.shape().num_elements()];
    x.copy_into(&mut values);
    let mut slopes = vec![E::default(); values.len()];
    widest!({
        for (value, slope) in values.iter_mut().zip(&mut slopes) {
            (*value, *slope) = f(*value);
        }
    });
    let y = x.device().tensor_from_vec(values, *x.shape());
    let (input, output) = (x.ghost(), y.ghost());
    tape.add_backward_op(move |grads| {
        let arriving = std::mem::take(&mut **grads.get_or_alloc_mut(&output)?);
        let leaving = grads.get_or_alloc_mut(&input)?;
        for ((sum, slope), gradient) in leaving.iter_mut().zip(&slopes).zip(&arriving) {
            *sum += *slope * *gradient;
        }
        Ok(())
    });
    y.put_tape(tape)
}
// ANCHOR_END: tape

/// GELU(x) and its slope, for a loop that the compiler can vectorise.
///
/// ½ (1 + tanh z) = σ(2z), the sigmoid of chapter 1, so one [`exp`] and one division serve value
/// and slope. Largest errors 3·10⁻⁷ of the value and 2·10⁻⁶ of the slope (test).
#[inline(always)] // a call in the loop would keep it from being vectorised
#[allow(clippy::inline_always)]
pub fn value_and_slope(x: f32) -> (f32, f32) {
    let (slope, cubic) = (2.0 * SLOPE as f32, CUBIC as f32);
    // Beyond ±10 the gate is open or shut to the last bit of f32, and a larger cube would overflow.
    let near = x.clamp(-10.0, 10.0);
    let open = 1.0 / (1.0 + exp(-slope * (near + cubic * near * near * near)));
    (x * open, open + near * open * (1.0 - open) * slope * (1.0 + 3.0 * cubic * near * near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{Backward, SumTo, TensorFrom, Trace};

    #[test]
    fn value_and_slope_are_the_formulas() {
        let (mut value_error, mut slope_error) = (0.0_f64, 0.0_f64);
        for x in (-200_000..=200_000).map(|i| i as f32 * 1e-4) {
            let (value, slope) = value_and_slope(x);
            let exact = gelu(f64::from(x));
            value_error = value_error.max((f64::from(value) - exact).abs() / exact.abs().max(1.0));
            slope_error = slope_error.max((f64::from(slope) - gelu_derivative(f64::from(x))).abs());
        }
        assert!(value_error < 3e-7 && slope_error < 2e-6, "{value_error} {slope_error}");
        for x in [1e30, -1e30, 50.0, -50.0, f32::MIN_POSITIVE] {
            let (value, slope) = value_and_slope(x);
            assert!((value - x.max(0.0)).abs() < 1e-6 * x.abs().max(1.0), "GELU({x}) = {value}");
            assert!(!slope.is_nan(), "slope at {x}");
        }
    }

    #[test]
    fn the_derivative_is_the_slope() {
        for x in (-60..=60).map(|i| f64::from(i) / 10.0) {
            let h = 1e-5;
            let slope = (gelu(x + h) - gelu(x - h)) / (2.0 * h);
            assert!((slope - gelu_derivative(x)).abs() < 1e-9, "at {x}");
        }
    }

    #[test]
    fn tape_and_formula_agree_in_value_and_gradient() {
        let dev = Cpu::default();
        let points: Vec<f32> = (-50..50).map(|i| i as f32 / 7.0).collect();
        let x = dev.tensor_from_vec(points.clone(), (dfdx::prelude::Const::<100>,));
        let y = Cpu::gelu(x.leaky_trace());
        let values = y.as_vec();
        let slopes = y.sum::<dfdx::prelude::Rank0, _>().backward().get(&x).as_vec();
        for ((&x, value), slope) in points.iter().zip(values).zip(slopes) {
            assert!((f64::from(value) - gelu(f64::from(x))).abs() < 1e-6, "value at {x}");
            assert!((f64::from(slope) - gelu_derivative(f64::from(x))).abs() < 2e-6, "slope at {x}");
        }
    }

    #[test]
    fn a_value_used_twice_gathers_both_gradients() {
        let dev = Cpu::default();
        let x = dev.tensor([0.3_f64, -1.2]);
        let (y, again) = (Cpu::gelu(x.leaky_trace()), Cpu::gelu(x.leaky_trace()));
        let gradient = (y + again).sum::<dfdx::prelude::Rank0, _>().backward().get(&x).as_vec();
        for (x, gradient) in [0.3, -1.2].into_iter().zip(gradient) {
            assert!((gradient - 2.0 * gelu_derivative(x)).abs() < 1e-12);
        }
    }
}
