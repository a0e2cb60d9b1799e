//! What passes through a model, rounded.

use crate::rounding::Format;
use deep_networks::{Dropout, numbers};
use dfdx::prelude::{
    Cpu, HasShape, NoneTape, PutTape, Rank0, Shape, SplitTape, Tape, Tensor, TensorFromVec,
};
use gpt::data::Batch;
use gpt::{Gpt, LanguageModel};
use kernels::Kernels;
use transformer::Sizes;

/// A GPT in which whatever is passed on is rounded: the residual stream before the first block, behind
/// each attention and behind each feed-forward network, and what the heads found. Integers have one scale
/// for each position. What stays inside a kernel (queries, keys, values, hidden numbers) stays in f32.
#[derive(Debug, Clone)]
pub struct RoundedStream<S: Sizes> {
    /// The model.
    pub model: Gpt<S>,
    /// What passes is kept in this format.
    pub format: Format,
}

impl<S: Sizes> LanguageModel<Cpu> for RoundedStream<S> {
    const SHAPE: kernels::Shape = kernels::Shape::of::<S>();

    fn device(&self) -> &Cpu {
        self.model.device()
    }

    fn loss<T: Tape<f32, Cpu>>(
        &self,
        batch: &Batch,
        tape: T,
        dropout: &mut Dropout,
    ) -> Tensor<Rank0, f32, Cpu, T> {
        let rounded = |_, x| rounded(x, self.format);
        let x = self.model.stream_seen(&batch.inputs, batch.rows, tape, dropout, rounded);
        Cpu::cross_entropy(self.model.scores(x), &batch.targets, batch.weights.as_deref())
    }

    fn logits(&self, tokens: &[usize]) -> Vec<f32> {
        let (off, rounded) = (&mut Dropout::off(), |_, x| rounded(x, self.format));
        self.model.scores(self.model.stream_seen(tokens, 1, NoneTape, off, rounded)).as_vec()
    }
}

/// x with its numbers rounded. On the way back rounding counts as passing on what comes: its own slope is 0
/// everywhere but at the jumps, and would end all learning.
fn rounded<S: Shape, T: Tape<f32, Cpu>>(
    x: Tensor<S, f32, Cpu, T>,
    format: Format,
) -> Tensor<S, f32, Cpu, T> {
    let (x, tape) = x.split_tape();
    let (before, shape) = (numbers(&x), *x.shape());
    let mut after = before.clone();
    format.round(&mut after, shape.concrete().into_iter().last().unwrap_or(1));
    let moved = after.iter().zip(&before).map(|(after, before)| after - before).collect();
    let moved = x.device().tensor_from_vec(moved, shape);
    x.put_tape(tape) + moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::Float;
    use deep_networks::{by_name, gradient_of};
    use dfdx::prelude::{Backward, BuildModule, OwnedTape};
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;

    type Model = Gpt<Tiny>;

    fn model() -> Model {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 4);
        model
    }

    fn batch() -> Batch {
        let tokens: Vec<usize> = (0..100).map(|i| i * i % 256).collect();
        Batch::at(&tokens, &[0, 40], 32)
    }

    #[test]
    fn a_stream_that_is_not_rounded_gives_the_models_own_loss_and_gradient() {
        let (model, batch) = (model(), batch());
        let stream = RoundedStream { model: model.clone(), format: Format::F32 };
        let gradient = |loss: Tensor<Rank0, f32, Cpu, OwnedTape<f32, Cpu>>| {
            let value = loss.as_vec()[0];
            (value, by_name(&gradient_of(&model, &mut loss.backward())))
        };
        let (own, slopes) = gradient(model.loss(&batch, OwnedTape::default(), &mut Dropout::off()));
        let (other, others) = gradient(stream.loss(&batch, OwnedTape::default(), &mut Dropout::off()));
        assert!((own - other).abs() < 1e-5, "{own} {other}");
        for ((name, a), (_, b)) in slopes.iter().zip(&others) {
            // Attention is computed operation by operation there: sums in another order.
            assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5), "{name}");
        }
    }

    #[test]
    fn what_passes_through_a_rounded_stream_is_rounded() {
        let (model, batch) = (model(), batch());
        let loss = |format| {
            let stream = RoundedStream { model: model.clone(), format };
            stream.loss(&batch, NoneTape, &mut Dropout::off()).as_vec()[0]
        };
        let exact = loss(Format::F32);
        let moves =
            [Format::Float(Float::F16), Format::Float(Float::BF16), Format::Rows(4), Format::Rows(2)]
                .map(|format| (loss(format) - exact).abs());
        assert!(moves[0] > 0.0 && moves[0] < moves[1] && moves[1] < moves[3], "{moves:?}");
        // The stream itself: each number is one of the format.
        let x = rounded(model.tokens.weight.clone(), Format::Float(Float::F16));
        assert!(x.as_vec().iter().all(|x| Float::F16.round(*x) == *x));
    }
}
