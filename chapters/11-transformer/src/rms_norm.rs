//! RMSNorm (Zhang & Sennrich 2019): layer norm without the mean and the bias. RMS(x) = √(mean of
//! x² + ε); y = x / RMS(x) · gain.

use attention::Sequences;
use dfdx::prelude::{
    Axis, BroadcastTo, Device, Dtype, HasShape, MeanTo, ModuleVisitor, Rank1, Storage, Tape, Tensor,
    TensorCollection, TensorOptions,
};
use tensors::Real;

// ANCHOR: norm
/// RMSNorm of vectors of size `MODEL`.
#[derive(Debug, Clone)]
pub struct RmsNorm<const MODEL: usize, E: Dtype, D: Storage<E>> {
    /// Learned scale, 1 at the start.
    pub gain: Tensor<Rank1<MODEL>, E, D>,
}

impl<const MODEL: usize, E: Real, D: Device<E>> RmsNorm<MODEL, E, D> {
    /// Scales each position of `x`, `(batch, seq, MODEL)`, to the mean square 1, then by the gain.
    pub fn norm<T: Tape<E, D>>(&self, x: Sequences<MODEL, E, D, T>) -> Sequences<MODEL, E, D, T> {
        let shape = *x.shape();
        let mean_square = x.retaped::<T>().square().mean::<_, Axis<2>>();
        let scale = (mean_square + E::of(1e-5)).sqrt().recip().broadcast_like(&shape);
        self.gain.retaped::<T>().broadcast_like(&shape) * (scale * x)
    }
}
// ANCHOR_END: norm

impl<const MODEL: usize, E: Real, D: Device<E>> TensorCollection<E, D> for RmsNorm<MODEL, E, D> {
    type To<E2: Dtype, D2: Device<E2>> = RmsNorm<MODEL, E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(
            Self::tensor("gain", |s| &s.gain, |s| &mut s.gain, TensorOptions::reset_to_ones()),
            |gain| RmsNorm { gain },
        )
    }
}

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
        let rms = RmsNorm::<4, f64, Cpu>::build(&dev).norm(x.clone()).as_vec();
        let layer = LayerNorm::<4, f64, Cpu>::build(&dev).norm(x).as_vec();
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
        let norm = RmsNorm::<4, f64, Cpu>::build(&dev);
        let error = worst_error(&x, |x: Traced<(usize, usize, Const<4>)>| {
            (norm.norm(x) * weigh.clone()).sum::<Rank0, _>()
        });
        assert!(error < 1e-8, "{error}");
    }
}
