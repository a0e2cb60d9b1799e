//! RMSNorm (Zhang & Sennrich 2019): layer norm without the mean and the bias. RMS(x) = √(mean of
//! x² + ε); y = x / RMS(x) · gain.

use attention::Sequences;
use deep_networks::parameters;
use dfdx::prelude::{
    Axes2, Axis, BroadcastTo, ConstDim, Device, Dtype, HasShape, MeanTo, Storage, Tape, Tensor,
    TensorOptions,
};
use tensors::Real;

// ANCHOR: norm
/// RMSNorm of vectors of size `Model`.
#[derive(Debug, Clone)]
pub struct RmsNorm<Model: ConstDim, E: Dtype, D: Storage<E>> {
    /// Learned scale, 1 at the start.
    pub gain: Tensor<(Model,), E, D>,
}

impl<Model: ConstDim, E: Real, D: Device<E>> RmsNorm<Model, E, D> {
    /// Scales each position of `x`, `(batch, seq, Model)`, to the mean square 1, then by the gain.
    pub fn norm<T: Tape<E, D>>(&self, x: Sequences<Model, E, D, T>) -> Sequences<Model, E, D, T> {
        let shape = *x.shape();
        let mean_square = x.retaped::<T>().square().mean::<_, Axis<2>>();
        let scale = (mean_square + E::of(1e-5)).sqrt().recip().broadcast_like::<_, Axis<2>>(&shape);
        self.gain.retaped::<T>().broadcast_like::<_, Axes2<0, 1>>(&shape) * (scale * x)
    }
}
// ANCHOR_END: norm

parameters!(RmsNorm<Model: ConstDim> { gain: TensorOptions::reset_to_ones() });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LayerNorm;
    use backprop::gradient_check::{Traced, worst_error};
    use dfdx::prelude::{BuildModule, Const, Cpu, Rank0, SumTo, TensorFromVec};
    use tensors::seeds;

    #[test]
    fn of_vectors_with_the_mean_zero_it_is_layer_norm() {
        let dev = Cpu::default();
        let x = dev.tensor_from_vec(vec![1.0, -3.0, 0.5, 1.5, 2.0, -2.0, 1.0, -1.0], (1, 2, Const::<4>));
        let rms = RmsNorm::<Const<4>, f64, Cpu>::build(&dev).norm(x.clone()).as_vec();
        let layer = LayerNorm::<Const<4>, f64, Cpu>::build(&dev).norm(x).as_vec();
        for (rms, layer) in rms.iter().zip(layer) {
            assert!((rms - layer).abs() < 1e-12, "{rms} {layer}");
        }
    }

    #[test]
    fn gradients_equal_central_differences() {
        let numbers =
            |seed| seeds::normal(&mut seeds::generator(seed), 24, 1.0).into_iter().map(f64::from).collect();
        let dev = Cpu::default();
        let (x, weigh) = (
            dev.tensor_from_vec(numbers(1), (2, 3, Const::<4>)),
            dev.tensor_from_vec(numbers(2), (2, 3, Const::<4>)),
        );
        let norm = RmsNorm::<Const<4>, f64, Cpu>::build(&dev);
        let error = worst_error(&x, |x: Traced<(usize, usize, Const<4>)>| {
            (norm.norm(x) * weigh.clone()).sum::<Rank0, _>()
        });
        assert!(error < 1e-8, "{error}");
    }
}
