//! SwiGLU (Shazeer 2020): a feed-forward network with a gate. y = (silu(x W) ⊙ x V) W₂, where
//! silu(a) = a σ(a), without biases.

use attention::Sequences;
use deep_networks::{UnbiasedLinear, parameters};
use dfdx::prelude::{ConstDim, Device, Dtype, Module, Storage, Tape};
use tensors::Real;

// ANCHOR: swiglu
/// Up to `Hidden` numbers twice, of which one gates the other, and down again. With `Hidden` ⅔ of
/// the usual, as many parameters as usual.
#[derive(Debug, Clone)]
pub struct SwiGlu<Model: ConstDim, Hidden: ConstDim, E: Dtype, D: Storage<E>> {
    /// W.
    pub gate: UnbiasedLinear<Model, Hidden, E, D>,
    /// V.
    pub up: UnbiasedLinear<Model, Hidden, E, D>,
    /// W₂.
    pub down: UnbiasedLinear<Hidden, Model, E, D>,
}

impl<Model: ConstDim, Hidden: ConstDim, E: Real, D: Device<E>> SwiGlu<Model, Hidden, E, D> {
    /// `(batch, seq, Model)` to the same shape.
    pub fn think<T: Tape<E, D>>(&self, x: Sequences<Model, E, D, T>) -> Sequences<Model, E, D, T> {
        let gate = self.gate.forward(x.retaped::<T>());
        let silu = gate.retaped::<T>().sigmoid() * gate;
        self.down.forward(silu * self.up.forward(x))
    }
}
// ANCHOR_END: swiglu

parameters!(SwiGlu<Model: ConstDim, Hidden: ConstDim> { gate, up, down });

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::gradient_check::{Traced, worst_error};
    use dfdx::prelude::{BuildModule, Const, Cpu, Rank0, SumTo, TensorFromVec};

    #[test]
    fn it_is_its_formula_and_its_gradients_equal_central_differences() {
        let dev = Cpu::seed_from_u64(3);
        let layer = SwiGlu::<Const<2>, Const<3>, f64, Cpu>::build(&dev);
        let x = dev.tensor_from_vec(vec![0.4, -1.3], (1, 1, Const::<2>));
        let [w, v, w2] = [layer.gate.weight.as_vec(), layer.up.weight.as_vec(), layer.down.weight.as_vec()];
        let hidden: Vec<f64> = (0..3)
            .map(|h| {
                let (a, b) = (w[2 * h] * 0.4 - w[2 * h + 1] * 1.3, v[2 * h] * 0.4 - v[2 * h + 1] * 1.3);
                a / (1.0 + (-a).exp()) * b
            })
            .collect();
        for (o, own) in layer.think(x.clone()).as_vec().iter().enumerate() {
            let expected: f64 = (0..3).map(|h| w2[3 * o + h] * hidden[h]).sum();
            assert!((own - expected).abs() < 1e-12, "{own} {expected}");
        }
        let error = worst_error(&x, |x: Traced<(usize, usize, Const<2>)>| {
            layer.think(x).square().sum::<Rank0, _>()
        });
        assert!(error < 1e-8, "{error}");
    }
}
