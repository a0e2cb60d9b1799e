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
/// Rounds the gradient of every parameter of `model`, `scale` times as large as it is, and divides it again: what
/// is left of it when the loss was multiplied by `scale` and the gradient kept in this format.
pub fn round_gradients<M: TensorCollection<f32, Cpu>>(
    model: &mut M,
    gradients: &mut Gradients<f32, Cpu>,
    format: Format,
    scale: f32,
) {
    if format != Format::F32 {
        walk(model, &mut RoundGradients { gradients, format, scale });
    }
}

struct RoundGradients<'a> {
    gradients: &'a mut Gradients<f32, Cpu>,
    format: Format,
    scale: f32,
}

impl TensorVisitor<f32, Cpu> for RoundGradients<'_> {
    type Viewer = ViewTensorMut;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        parameter: &mut Tensor<S, f32, Cpu>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let gradient = self.gradients.get_or_alloc_mut(parameter)?;
        gradient.iter_mut().for_each(|g| *g *= self.scale);
        let count = gradient.len();
        self.format.round(gradient, count);
        gradient.iter_mut().for_each(|g| *g /= self.scale);
        Ok(None)
    }
}
// ANCHOR_END: gradients

// ANCHOR: stream
/// A GPT in which whatever is passed on is rounded: the residual stream before the first block, behind each
/// attention and behind each feed-forward network, and what the heads found. Integers have one scale for each
/// position. What stays inside a kernel (queries, keys, values, hidden numbers) stays in f32.
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
