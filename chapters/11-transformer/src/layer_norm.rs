//! Layer norm: each position's vector is moved to mean 0 and scaled to variance 1, then scaled and
//! moved by learned numbers.
//!
//! LN(x) = (x − mean(x)) / √(var(x) + ε) · gain + bias, mean and variance over the `Model` numbers
//! of one position (Ba et al. 2016).

use deep_networks::parameters;
use dfdx::prelude::{
    Axes2, Axis, BroadcastTo, ConstDim, Device, Dtype, HasShape, MeanTo, PutTape, SplitTape, Storage, Tape,
    Tensor, TensorOptions,
};
use tensors::Real;

/// Layer norm of vectors of size `Model`.
#[derive(Debug, Clone)]
pub struct LayerNorm<Model: ConstDim, E: Dtype, D: Storage<E>> {
    /// Learned scale, 1 at the start.
    pub gain: Tensor<(Model,), E, D>,
    /// Learned shift, 0 at the start.
    pub bias: Tensor<(Model,), E, D>,
}

impl<Model: ConstDim, E: Real, D: Device<E>> LayerNorm<Model, E, D> {
    /// ε: keeps the division finite for a vector of equal numbers.
    pub const EPSILON: f64 = 1e-5;

    // ANCHOR: norm
    /// Normalises each position of `x`: `(batch, seq, Model)` to the same shape.
    pub fn norm<T: Tape<E, D>>(
        &self,
        x: Tensor<(usize, usize, Model), E, D, T>,
    ) -> Tensor<(usize, usize, Model), E, D, T> {
        let shape = *x.shape();
        let mean = x.retaped::<T>().mean::<_, Axis<2>>().broadcast_like::<_, Axis<2>>(&shape);
        let centred = mean.negate() + x;
        let variance = centred.retaped::<T>().square().mean::<_, Axis<2>>();
        let scale = (variance + E::of(Self::EPSILON)).sqrt().recip().broadcast_like::<_, Axis<2>>(&shape);
        let (normalised, tape) = (scale * centred).split_tape();
        let gain = self.gain.clone().put_tape(tape).broadcast_like::<_, Axes2<0, 1>>(&shape);
        gain * normalised + self.bias.retaped::<T>().broadcast_like::<_, Axes2<0, 1>>(&shape)
    }
    // ANCHOR_END: norm
}

parameters!(LayerNorm<Model: ConstDim> {
    gain: TensorOptions::reset_to_ones(),
    bias: TensorOptions::reset_to_zeros(),
});

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::gradient_check::{Traced, worst_error};
    use dfdx::nn::modules::LayerNorm1D;
    use dfdx::prelude::{BuildModule, Const, Cpu, Module, Rank0, SumTo, TensorFromVec};
    use proptest::prelude::*;
    use tensors::seeds;

    fn random(count: usize, seed: u64) -> Vec<f64> {
        seeds::normal(&mut seeds::generator(seed), count, 1.0).into_iter().map(f64::from).collect()
    }

    fn layer(seed: u64) -> LayerNorm<Const<4>, f64, Cpu> {
        let vector = |seed| Cpu::default().tensor_from_vec(random(4, seed), (Const::<4>,));
        LayerNorm { gain: vector(seed), bias: vector(!seed) }
    }

    proptest! {
        #[test]
        fn it_equals_the_formula_and_dfdx(batch in 1_usize..4, seq in 1_usize..5, seed: u64) {
            let layer = layer(seed);
            let x = Cpu::default().tensor_from_vec(random(batch * seq * 4, seed ^ 9), (batch, seq, Const::<4>));
            let ours = layer.norm(x.clone()).as_vec();
            let mut theirs = LayerNorm1D::<4, f64, Cpu>::build(&Cpu::default());
            (theirs.gamma, theirs.beta) = (layer.gain.clone(), layer.bias.clone());
            let library = theirs.forward(x.clone()).as_vec();
            let (gain, bias) = (layer.gain.as_vec(), layer.bias.as_vec());
            for (position, vector) in x.as_vec().chunks(4).enumerate() {
                let mean = vector.iter().sum::<f64>() / 4.0;
                let variance = vector.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 4.0;
                for i in 0..4 {
                    let spec = (vector[i] - mean) / (variance + 1e-5).sqrt() * gain[i] + bias[i];
                    prop_assert!((ours[position * 4 + i] - spec).abs() < 1e-12);
                    prop_assert!((library[position * 4 + i] - spec).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn gradients_equal_central_differences() {
        let (layer, weigh) = (layer(3), Cpu::default().tensor_from_vec(random(12, 5), (1, 3, Const::<4>)));
        let x = Cpu::default().tensor_from_vec(random(12, 4), (1, 3, Const::<4>));
        let by_input = worst_error(&x, |x: Traced<(usize, usize, Const<4>)>| {
            (layer.norm(x) * weigh.clone()).sum::<Rank0, _>()
        });
        let by_gain = worst_error(&layer.gain, |gain| {
            let (gain, tape) = gain.split_tape();
            let layer = LayerNorm { gain, bias: layer.bias.clone() };
            (layer.norm(x.clone().put_tape(tape)) * weigh.clone()).sum::<Rank0, _>()
        });
        assert!(by_input < 1e-8 && by_gain < 1e-8, "{by_input} {by_gain}");
    }

    #[test]
    fn a_vector_of_equal_numbers_stays_finite() {
        let x = Cpu::default().tensor_from_vec(vec![7.0; 4], (1, 1, Const::<4>));
        assert!(layer(1).norm(x).as_vec().iter().all(|v| v.is_finite()));
    }
}
