//! The weights before training.
//!
//! The embeddings are drawn with deviation 0.02, as in GPT-2. A matrix that reads n numbers is
//! drawn with 1/√n, so that what it writes is as large as what it reads (GPT-2's 0.02 for all
//! matrices is near that at its width of 768). The two matrices of each block that write into the
//! residual stream are divided by √(2 · layers), so that the sum of all blocks starts as large as
//! one (Radford et al. 2019). Biases start at 0, gains at 1.

use dfdx::prelude::{
    Device, HasShape, RecursiveWalker, Shape, Tensor, TensorOptions, TensorVisitor, ViewTensorMut,
    ViewTensorName,
};
use kernels::Kernels;
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
        let into_stream =
            name.ends_with("attention.output.weight") || name.ends_with("feed_forward.down.weight");
        let inputs = parameter.shape().concrete().into_iter().last().unwrap_or(1);
        let keep_size = 1.0 / (inputs as f32).sqrt();
        let values = match (S::NUM_DIMS, name.ends_with("gain")) {
            (1, true) => vec![1.0; count],
            (1, false) => vec![0.0; count],
            _ if name == "positions.table" => sinusoids(count / inputs, inputs),
            _ if name == "tokens.weight" => seeds::normal(&mut self.rng, count, 0.02),
            _ if into_stream => {
                seeds::normal(&mut self.rng, count, keep_size / (2.0 * self.layers as f32).sqrt())
            }
            _ => seeds::normal(&mut self.rng, count, keep_size),
        };
        parameter.copy_from(&values);
        Ok(None)
    }
}

/// Sine and cosine waves of falling frequency, as in the 2017 model, as large as the token
/// embeddings (deviation 0.02).
///
/// The table is learned all the same; but from here, a shift by one position is the same linear map
/// everywhere.
fn sinusoids(positions: usize, model: usize) -> Vec<f32> {
    let amplitude = 0.02 * 2_f64.sqrt();
    let wave = |position: usize, i: usize| {
        let angle = position as f64 / 10_000_f64.powf((i / 2 * 2) as f64 / model as f64);
        amplitude * if i.is_multiple_of(2) { angle.sin() } else { angle.cos() }
    };
    (0..positions).flat_map(|position| (0..model).map(move |i| wave(position, i) as f32)).collect()
}

/// Draws all weights anew. The draws follow from `seed` alone: the same numbers on every device.
pub fn initialise<M: LanguageModel<D>, D: Kernels<f32>>(model: &mut M, seed: u64) {
    let mut visitor = Initialise { rng: seeds::generator(seed), layers: M::SHAPE.layers };
    M::iter_tensors(&mut RecursiveWalker { m: (model, String::new()), f: &mut visitor })
        .expect("copying into existing tensors needs no memory");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sizes::Laptop;
    use dfdx::prelude::{BuildModule, Cpu};

    /// The root of the mean square.
    fn deviation<S: Shape>(tensor: &Tensor<S, f32, Cpu>) -> f32 {
        let numbers = tensor.as_vec();
        (numbers.iter().map(|x| x * x).sum::<f32>() / numbers.len() as f32).sqrt()
    }

    #[test]
    fn every_kind_of_weight_starts_at_its_size() {
        let mut model = Laptop::<Cpu>::build(&Cpu::default());
        initialise(&mut model, 1);
        let block = &model.blocks.modules[2];
        let (inputs, hidden) = (128_f32.sqrt(), 512_f32.sqrt());
        for (name, found, expected) in [
            ("tokens", deviation(&model.tokens.weight), 0.02),
            ("positions", deviation(&model.positions.table), 0.02),
            ("query", deviation(&block.attention.query.weight), 1.0 / inputs),
            ("up", deviation(&block.feed_forward.up.weight), 1.0 / inputs),
            // What blocks add to the stream: smaller by the root of two for each of four layers.
            ("output", deviation(&block.attention.output.weight), 1.0 / inputs / 8_f32.sqrt()),
            ("down", deviation(&block.feed_forward.down.weight), 1.0 / hidden / 8_f32.sqrt()),
        ] {
            assert!((found / expected - 1.0).abs() < 0.03, "{name}: {found}, expected {expected}");
        }
        assert!(block.norm1.gain.as_vec().iter().all(|&gain| gain == 1.0));
        assert!(block.attention.key.bias.as_vec().iter().all(|&bias| bias == 0.0));
    }
}
