//! A model whose numbers are kept in fewer bits: its weights, its gradients, and what passes through it.

use crate::rounding::Format;
use deep_networks::{Dropout, numbers};
use dfdx::prelude::{
    Cpu, CpuError, Gradients, HasShape, PutTape, Rank0, RecursiveWalker, Shape, SplitTape, Tape, Tensor,
    TensorCollection, TensorFromVec, TensorOptions, TensorVisitor, ViewTensorMut, ViewTensorRef,
};
use gpt::data::Batch;
use gpt::{Gpt, LanguageModel};
use kernels::Kernels;
use transformer::Sizes;

// ANCHOR: weights
/// Rounds every number of `model`. Integers are for matrices, row by row: biases and gains stay in f32.
pub fn round<M: TensorCollection<f32, Cpu>>(model: &mut M, format: Format) {
    if format != Format::F32 {
        walk(model, &mut Round(format));
    }
}

struct Round(Format);

impl TensorVisitor<f32, Cpu> for Round {
    type Viewer = ViewTensorMut;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        parameter: &mut Tensor<S, f32, Cpu>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let sizes: Vec<usize> = parameter.shape().concrete().into_iter().collect();
        let mut rounded = numbers(parameter);
        match (self.0, &sizes[..]) {
            (Format::Rows(_), [_]) => return Ok(None),
            (format, sizes) => format.round(&mut rounded, sizes.last().copied().unwrap_or(1)),
        }
        parameter.copy_from(&rounded);
        Ok(None)
    }
}
// ANCHOR_END: weights

fn walk<M, V>(model: &mut M, visitor: &mut V)
where
    M: TensorCollection<f32, Cpu>,
    V: TensorVisitor<f32, Cpu, Viewer = ViewTensorMut, Err = CpuError, E2 = f32, D2 = Cpu>,
{
    M::iter_tensors(&mut RecursiveWalker { m: model, f: visitor }).expect("no memory is asked for");
}

/// Bytes of all numbers of `model` in this format.
pub fn bytes<M: TensorCollection<f32, Cpu>>(model: &M, format: Format) -> usize {
    let mut count = Bytes(format, 0);
    M::iter_tensors(&mut RecursiveWalker { m: model, f: &mut count }).expect("no memory is asked for");
    count.1
}

struct Bytes(Format, usize);

impl TensorVisitor<f32, Cpu> for Bytes {
    type Viewer = ViewTensorRef;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        parameter: &Tensor<S, f32, Cpu>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let sizes: Vec<usize> = parameter.shape().concrete().into_iter().collect();
        self.1 += match (self.0, &sizes[..]) {
            (Format::Rows(_), &[count]) => Format::F32.bytes(1, count),
            (format, sizes) => {
                let row = sizes.last().copied().unwrap_or(1);
                format.bytes(sizes.iter().product::<usize>() / row, row)
            }
        };
        Ok(None)
    }
}

// ANCHOR: gradients
/// Rounds the gradient of every parameter of `model`, `scale` times as large as it is, and divides it
/// again: what is left of it when the loss was multiplied by `scale` and the gradient kept in this
/// format.
pub fn round_gradients<M: TensorCollection<f32, Cpu>>(
    model: &mut M,
    gradients: &mut Gradients<f32, Cpu>,
    format: Format,
    scale: f32,
) {
    if format != Format::F32 {
        each_gradient(model, gradients, |slopes| {
            for slope in slopes.iter_mut() {
                *slope *= scale;
            }
            format.round(slopes, slopes.len());
            for slope in slopes.iter_mut() {
                *slope /= scale;
            }
        });
    }
}
// ANCHOR_END: gradients

/// Lets `change` at the gradient of every parameter of `model`, one after the other.
pub fn each_gradient<M: TensorCollection<f32, Cpu>>(
    model: &mut M,
    gradients: &mut Gradients<f32, Cpu>,
    change: impl FnMut(&mut [f32]),
) {
    walk(model, &mut EachGradient { gradients, change });
}

struct EachGradient<'a, F> {
    gradients: &'a mut Gradients<f32, Cpu>,
    change: F,
}

impl<F: FnMut(&mut [f32])> TensorVisitor<f32, Cpu> for EachGradient<'_, F> {
    type Viewer = ViewTensorMut;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        parameter: &mut Tensor<S, f32, Cpu>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        (self.change)(self.gradients.get_or_alloc_mut(parameter)?);
        Ok(None)
    }
}

// ANCHOR: stream
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
        let none = dfdx::prelude::NoneTape;
        self.model.scores(self.model.stream_seen(tokens, 1, none, off, rounded)).as_vec()
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
// ANCHOR_END: stream

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::Float;
    use deep_networks::{by_name, gradient_of};
    use dfdx::prelude::{Backward, BuildModule, NoneTape, OwnedTape};
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use kernels::Shape as Sized;

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
    fn every_number_of_a_model_is_rounded_by_itself() {
        let mut rounded = model();
        round(&mut rounded, Format::Float(Float::BF16));
        let mut moved = 0;
        for ((_, before), (_, after)) in by_name(&model()).iter().zip(by_name(&rounded)) {
            for (x, y) in before.iter().zip(after) {
                assert_eq!(Float::BF16.round(*x), y);
                moved += usize::from(*x != y);
            }
        }
        assert!(moved > 20_000, "of 35,712 numbers nearly all but gains and biases move: {moved}");
    }

    #[test]
    fn integers_are_for_matrices_and_each_row_has_its_own_scale() {
        let (before, mut rounded) = (model(), model());
        // A row a hundred times as large as the others must not spoil them.
        let mut table = numbers(&rounded.tokens.weight);
        table[..32].iter_mut().for_each(|x| *x *= 100.0);
        rounded.tokens.weight.copy_from(&table);
        round(&mut rounded, Format::Rows(8));
        assert_eq!(before.norm.gain.as_vec(), rounded.norm.gain.as_vec());
        for (i, (row, before)) in
            numbers(&rounded.tokens.weight).chunks(32).zip(table.chunks(32)).enumerate()
        {
            let mut expected = before.to_vec();
            crate::rounding::round_row(&mut expected, 8);
            assert_eq!(row, expected, "row {i}");
        }
        // Matrices have a byte a number and 4 a row; vectors (two norms and six biases a block, a last
        // norm) stay.
        let vectors: usize = 2 * (4 * 32 + 4 * 32 + 128 + 32) + 2 * 32;
        let rows = 256 + 64 + 2 * (4 * 32 + 128 + 32);
        let matrices = Sized::of::<Tiny>().total() - vectors;
        assert_eq!(bytes(&before, Format::Rows(8)), matrices + 4 * (rows + vectors));
        assert_eq!(bytes(&before, Format::F32), 4 * 35_712);
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

    #[test]
    fn a_scale_saves_slopes_that_f16_flushes_to_zero() {
        let (mut model, f16) = (model(), Format::Float(Float::F16));
        let mut left = |scale: f32| {
            let mut gradients = Gradients::leaky();
            gradients.get_or_alloc_mut(&model.norm.gain).unwrap().fill(1.23e-8);
            round_gradients(&mut model, &mut gradients, f16, scale);
            gradients.get(&model.norm.gain).as_vec()[7]
        };
        assert_eq!(left(1.0), 0.0, "below half of f16's smallest number, 2^-24 / 2 = 3e-8");
        // Among the normal numbers of f16 half a step is 2^-11 of a number at most.
        assert!((left(65_536.0) / 1.23e-8 - 1.0).abs() < 2_f32.powi(-11));
    }
}
