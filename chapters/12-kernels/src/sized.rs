//! Tensors whose sizes are numbers, and the plain numbers in them.
//!
//! A model's sizes are in its types. What is written for types is compiled anew for every size of
//! every model; what is written for numbers is compiled once. So a kernel gets its tensors with
//! their sizes as numbers. They are the same tensors: the same memory, and the same name under
//! which the tape keeps their gradients.

use crate::buffer::Buffer;
use deep_networks as layers;
use dfdx::prelude::{ConstDim, Cpu, CpuError, Gradients, HasShape, RealizeTo, Shape, Tape, Tensor};
use transformer::LayerNorm;

/// (size).
pub(crate) type Vector = Tensor<(usize,), f32, Cpu>;
/// (rows, columns).
pub(crate) type Table = Tensor<(usize, usize), f32, Cpu>;
/// (batch, seq, width): a vector for each position of each sequence.
pub(crate) type Rows = Tensor<(usize, usize, usize), f32, Cpu>;

/// A kernel's way back: reads the gradient by its output, adds to those by its inputs.
pub(crate) type Backward = Box<dyn FnOnce(&mut Gradients<f32, Cpu>) -> Result<(), CpuError>>;

/// The same tensor with its sizes in another form: as types or as numbers.
///
/// # Panics
/// When the sizes are others.
pub(crate) fn same<From: Shape, To: Shape<Concrete = From::Concrete>, T: Tape<f32, Cpu>>(
    tensor: Tensor<From, f32, Cpu, T>,
) -> Tensor<To, f32, Cpu, T> {
    tensor.try_realize().ok().expect("the sizes are the same in both forms")
}

/// A linear layer: W, (outputs, inputs), and b, (outputs).
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    pub(crate) weight: Table,
    pub(crate) bias: Vector,
}

impl<In: ConstDim, Out: ConstDim> From<&layers::Linear<In, Out, f32, Cpu>> for Linear {
    fn from(layer: &layers::Linear<In, Out, f32, Cpu>) -> Self {
        Self { weight: same(layer.weight.clone()), bias: same(layer.bias.clone()) }
    }
}

/// A layer norm: gain and bias, both (model).
#[derive(Debug, Clone)]
pub(crate) struct Norm {
    pub(crate) gain: Vector,
    pub(crate) bias: Vector,
}

impl<Model: ConstDim> From<&LayerNorm<Model, f32, Cpu>> for Norm {
    fn from(norm: &LayerNorm<Model, f32, Cpu>) -> Self {
        Self { gain: same(norm.gain.clone()), bias: same(norm.bias.clone()) }
    }
}

/// The numbers of a tensor in the order of its indices.
pub(crate) fn numbers<S: Shape>(tensor: &Tensor<S, f32, Cpu>) -> Buffer {
    joined(&[tensor])
}

/// The numbers of tensors of equal shape, one tensor after another: matrices stand one below the
/// other.
pub(crate) fn joined<S: Shape>(tensors: &[&Tensor<S, f32, Cpu>]) -> Buffer {
    let length = tensors[0].shape().num_elements();
    let mut numbers = Buffer::any(tensors.len() * length);
    for (part, tensor) in numbers.chunks_exact_mut(length).zip(tensors) {
        tensor.copy_into(part);
    }
    numbers
}
