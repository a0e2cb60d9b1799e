//! The weights before training.
//!
//! The token embedding is drawn with deviation 0.02, as in GPT-2; the positions start as sines and
//! cosines of that size. A matrix that reads n numbers is drawn with 1/√n, so that what it writes is
//! as large as what it reads (GPT-2's 0.02 for all matrices is about half of that at its width of
//! 768). The two matrices of each block that write into the
//! residual stream are divided by √(2 · layers), so that the sum of all blocks starts as large as
//! one (Radford et al. 2019). Biases start at 0, gains at 1.

use dfdx::prelude::{
    Device, HasShape, RecursiveWalker, Shape, Tensor, TensorOptions, TensorVisitor, ViewTensorMut,
    ViewTensorName,
};
use kernels::Kernels;
use rand_chacha::ChaCha8Rng;
use tensors::seeds;

use crate::model::Whole;

/// How a parameter starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Ones,
    Zeros,
    Waves,
    Table,
    KeepSize,
    IntoStream,
}

impl Start {
    /// The rule for the parameter `name`, by the end of its path: a GPT may be a part of something
    /// larger, and its parameters must start as they do without it.
    ///
    /// # Panics
    /// When there is none. A weight that starts by a rule that was not meant for it trains all the
    /// same, only worse: nobody would see it.
    fn of(name: &str) -> Self {
        match name.split('.').collect::<Vec<_>>()[..] {
            [.., "norm" | "norm1" | "norm2", "gain"] => Self::Ones,
            [.., "norm" | "norm1" | "norm2", "bias"]
            | [.., "attention", "query" | "key" | "value" | "output", "bias"]
            | [.., "feed_forward", "up" | "down", "bias"] => Self::Zeros,
            [.., "positions", "table"] => Self::Waves,
            // The latter is an output layer that is not tied: the same kind of table.
            [.., "tokens", "weight"] | ["output", "weight"] => Self::Table,
            [.., "attention", "query" | "key" | "value", "weight"]
            | [.., "feed_forward", "gate" | "up", "weight"] => Self::KeepSize,
            [.., "attention", "output", "weight"] | [.., "feed_forward", "down", "weight"] => {
                Self::IntoStream
            }
            _ => panic!("no rule says how {name} starts"),
        }
    }
}

struct Initialise {
    rng: ChaCha8Rng,
    layers: usize,
}

impl Initialise {
    /// The numbers with which the parameter `name` starts. A matrix reads as many as its last size says.
    fn start(&mut self, name: &str, shape: &[usize]) -> Vec<f32> {
        let count = shape.iter().product();
        let inputs = shape.last().copied().unwrap_or(1);
        let keep_size = 1.0 / (inputs as f32).sqrt();
        match Start::of(name) {
            Start::Ones => vec![1.0; count],
            Start::Zeros => vec![0.0; count],
            Start::Waves => sinusoids(count / inputs, inputs),
            Start::Table => seeds::normal(&mut self.rng, count, 0.02),
            Start::IntoStream => {
                seeds::normal(&mut self.rng, count, keep_size / (2.0 * self.layers as f32).sqrt())
            }
            Start::KeepSize => seeds::normal(&mut self.rng, count, keep_size),
        }
    }
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
        let shape: Vec<usize> = parameter.shape().concrete().into_iter().collect();
        parameter.copy_from(&self.start(&name, &shape));
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
pub fn initialise<M: Whole<D>, D: Kernels<f32>>(model: &mut M, seed: u64) {
    let mut visitor = Initialise { rng: seeds::generator(seed), layers: M::SHAPE.layers };
    M::iter_tensors(&mut RecursiveWalker { m: (model, String::new()), f: &mut visitor })
        .expect("copying into existing tensors needs no memory");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gpt;
    use crate::sizes::{Laptop, Tiny};
    use deep_networks::by_name;
    use dfdx::prelude::{BuildModule, Cpu};

    /// The root of the mean square.
    fn deviation<S: Shape>(tensor: &Tensor<S, f32, Cpu>) -> f32 {
        let numbers = tensor.as_vec();
        (numbers.iter().map(|x| x * x).sum::<f32>() / numbers.len() as f32).sqrt()
    }

    #[test]
    fn a_name_has_one_rule_wherever_its_model_stands() {
        for (name, start) in [
            ("tokens.weight", Start::Table),
            ("positions.table", Start::Waves),
            ("blocks.11.attention.output.weight", Start::IntoStream),
            ("blocks.0.feed_forward.up.weight", Start::KeepSize),
            ("blocks.0.norm2.bias", Start::Zeros),
            ("norm.gain", Start::Ones),
        ] {
            assert_eq!((Start::of(name), Start::of(&format!("gpt.{name}"))), (start, start), "{name}");
        }
        for name in ["adapter.weight", "blocks.0.attention.gain", "positions.table.more", ""] {
            assert!(std::panic::catch_unwind(|| Start::of(name)).is_err(), "{name:?}");
        }
    }

    #[test]
    fn every_kind_of_weight_starts_at_its_size() {
        let mut model = Gpt::<Laptop>::build(&Cpu::default());
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

    #[test]
    fn positions_start_as_waves() {
        let mut model = Gpt::<Laptop>::build(&Cpu::default());
        initialise(&mut model, 1);
        let (table, amplitude) = (model.positions.table.as_vec(), 0.02 * 2_f32.sqrt());
        for position in [0_u8, 1, 100] {
            let row = &table[usize::from(position) * 128..][..128];
            // The fastest wave turns by one radian a position, the slowest nearly ten thousand times
            // slower.
            let slowest = 10_000_f32.powf(126.0 / 128.0);
            for (pair, turn) in [(&row[..2], 1.0), (&row[126..], 1.0 / slowest)] {
                let (sine, cosine) = (f32::from(position) * turn).sin_cos();
                for (found, expected) in pair.iter().zip([sine, cosine]) {
                    assert!((found - amplitude * expected).abs() < 1e-6, "position {position}: {pair:?}");
                }
            }
        }
    }

    #[test]
    fn another_seed_draws_every_matrix_anew_and_nothing_else() {
        let start = |seed| {
            let mut model = Gpt::<Tiny>::build(&Cpu::default());
            initialise(&mut model, seed);
            by_name(&model)
        };
        assert!(start(1) == start(1), "the same seed draws other numbers");
        for ((name, one), (_, two)) in start(1).iter().zip(&start(2)) {
            let is_drawn = matches!(Start::of(name), Start::Table | Start::KeepSize | Start::IntoStream);
            assert_eq!(one != two, is_drawn, "{name}");
        }
    }
}
