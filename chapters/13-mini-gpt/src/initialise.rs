//! The weights before training.
//!
//! As in GPT-2: matrices from a normal distribution with deviation 0.02; the two matrices of each block that write into the residual
//! stream with 0.02/√(2 · layers), so that the sum of all blocks starts as large as one; biases 0, gains 1.

use dfdx::prelude::{
    Device, HasShape, RecursiveWalker, Shape, Tensor, TensorOptions, TensorVisitor, ViewTensorMut,
    ViewTensorName,
};
use neurons::gelu::Gelu;
use rand_chacha::ChaCha8Rng;
use tensors::seeds;

use crate::model::LanguageModel;

struct Initialise {
    rng: ChaCha8Rng,
    layers: usize,
}

impl<D: Device<f32>> TensorVisitor<f32, D> for Initialise {
    type Viewer = (ViewTensorMut, ViewTensorName);
    type Err = D::Err;
    type E2 = f32;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, D>,
        (parameter, name): (&mut Tensor<S, f32, D>, String),
    ) -> Result<Option<Tensor<S, f32, D>>, D::Err> {
        let count = parameter.shape().num_elements();
        let into_stream = name.ends_with("attention.output.weight") || name.ends_with("feed_forward.down.weight");
        let values = match (S::NUM_DIMS, name.ends_with("gain")) {
            (1, true) => vec![1.0; count],
            (1, false) => vec![0.0; count],
            _ if into_stream => seeds::normal(&mut self.rng, count, 0.02 / (2.0 * self.layers as f32).sqrt()),
            _ => seeds::normal(&mut self.rng, count, 0.02),
        };
        parameter.copy_from(&values);
        Ok(None)
    }
}

/// Draws all weights anew. The draws follow from `seed` alone: the same numbers on every device.
pub fn initialise<M: LanguageModel<D>, D: Gelu<f32>>(model: &mut M, seed: u64) {
    let mut visitor = Initialise { rng: seeds::generator(seed), layers: M::SHAPE.layers };
    M::iter_tensors(&mut RecursiveWalker { m: (model, String::new()), f: &mut visitor })
        .expect("copying into existing tensors needs no memory");
}
