//! The multi-layer perceptron: linear layers with a bend between them.

use crate::{Dropout, Linear, Repeated, parameters};
use dfdx::prelude::{
    Const, Device, Dtype, HasShape, Module, RecursiveWalker, Shape, Storage, Tape, Tensor,
    TensorCollection, TensorOptions, TensorVisitor, ViewTensorMut,
};
use rand_chacha::ChaCha8Rng;
use tensors::{Real, seeds};

// ANCHOR: mlp
/// `IN` inputs, one hidden layer of `WIDTH` units and `MORE` more of them, `OUT` scores.
#[derive(Debug, Clone)]
pub struct Mlp<
    const IN: usize,
    const WIDTH: usize,
    const MORE: usize,
    const OUT: usize,
    E: Dtype,
    D: Storage<E>,
> {
    /// Into the first hidden layer.
    pub first: Linear<Const<IN>, Const<WIDTH>, E, D>,
    /// From each hidden layer to the next.
    pub middle: Repeated<Linear<Const<WIDTH>, Const<WIDTH>, E, D>, Const<MORE>>,
    /// Out of the last.
    pub last: Linear<Const<WIDTH>, Const<OUT>, E, D>,
}

impl<const IN: usize, const WIDTH: usize, const MORE: usize, const OUT: usize, E: Real, D: Device<E>>
    Mlp<IN, WIDTH, MORE, OUT, E, D>
{
    /// The scores: `(rows, IN)` to `(rows, OUT)`. `dropout` acts on each hidden layer.
    pub fn forward<T: Tape<E, D>>(
        &self,
        x: Tensor<(usize, Const<IN>), E, D, T>,
        dropout: &mut Dropout,
    ) -> Tensor<(usize, Const<OUT>), E, D, T> {
        let mut x = dropout.apply(self.first.forward(x).relu()); // (rows, WIDTH)
        for layer in &self.middle.modules {
            x = dropout.apply(layer.forward(x).relu());
        }
        self.last.forward(x)
    }

    /// What each hidden layer says, first to last, all `(rows, WIDTH)`.
    pub fn hidden(&self, x: Tensor<(usize, Const<IN>), E, D>) -> Vec<Tensor<(usize, Const<WIDTH>), E, D>> {
        let mut layers = vec![self.first.forward(x).relu()];
        for layer in &self.middle.modules {
            layers.push(layer.forward(layers[layers.len() - 1].clone()).relu());
        }
        layers
    }
}
// ANCHOR_END: mlp

parameters!(Mlp<const IN, WIDTH, MORE, OUT> { first, middle, last });

struct He(ChaCha8Rng);

impl<E: Real, D: Device<E>> TensorVisitor<E, D> for He {
    type Viewer = ViewTensorMut;
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        parameter: &mut Tensor<S, E, D>,
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        let sizes: Vec<usize> = parameter.shape().concrete().into_iter().collect();
        let count = parameter.shape().num_elements();
        let numbers = match sizes[..] {
            [_, inputs] => seeds::normal(&mut self.0, count, (2.0 / inputs as f32).sqrt()),
            _ => vec![0.0; count],
        };
        parameter.copy_from(&numbers.into_iter().map(|n| E::of(n.into())).collect::<Vec<E>>());
        Ok(None)
    }
}

/// Draws every matrix with the deviation √(2 / inputs), which keeps the size of signals through
/// layers of ReLUs (He et al. 2015), and sets every vector to 0. All vectors are biases here; a
/// layer whose scale is a vector must set that to 1 afterwards.
pub fn initialise<E: Real, D: Device<E>, M: TensorCollection<E, D>>(model: &mut M, seed: u64) {
    let mut he = He(seeds::generator(seed));
    M::iter_tensors(&mut RecursiveWalker { m: model, f: &mut he }).expect("filling needs no memory");
}

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::gradient_check::worst_error;
    use dfdx::prelude::{BuildModule, Cpu, NumParams, PutTape, Rank0, SplitTape, SumTo, TensorFromVec};

    #[test]
    fn gradients_equal_central_differences() {
        let mut model = Mlp::<2, 5, 2, 3, f64, Cpu>::build(&Cpu::default());
        initialise(&mut model, 3);
        let x = Cpu::default().tensor_from_vec(vec![0.3, -0.8, 1.1, 0.4], (2, Const::<2>));
        let error = worst_error(&model.first.weight, |weight| {
            let (weight, tape) = weight.split_tape();
            let mut model = model.clone();
            model.first.weight = weight;
            model.forward(x.clone().put_tape(tape), &mut Dropout::off()).square().sum::<Rank0, _>()
        });
        assert!(error < 1e-8, "{error}");
    }

    #[test]
    fn one_hidden_layer_is_allowed() {
        let model = Mlp::<2, 5, 0, 3, f32, Cpu>::build(&Cpu::default());
        assert_eq!(model.num_trainable_params(), 2 * 5 + 5 + 5 * 3 + 3);
        let x = Cpu::default().tensor_from_vec(vec![0.3, -0.8], (1, Const::<2>));
        assert_eq!(model.hidden(x).len(), 1);
    }
}
