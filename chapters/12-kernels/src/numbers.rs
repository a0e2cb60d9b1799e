//! Tensors and the plain numbers in them.

use crate::buffer::Buffer;
use dfdx::prelude::{Cpu, HasShape, Shape, Tensor};

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
