//! Tensors and the plain numbers in them.

use crate::buffer::Buffer;
use dfdx::prelude::{Cpu, Gradients, HasShape, Rank1, Rank2, Shape, Tensor};

/// The numbers of a tensor in the order of its indices.
pub(crate) fn numbers<S: Shape, T>(tensor: &Tensor<S, f32, Cpu, T>) -> Buffer {
    let mut numbers = Buffer::any(tensor.shape().num_elements());
    tensor.copy_into(&mut numbers);
    numbers
}

/// Matrices of equal shape, one below the other.
pub(crate) fn stacked<const IN: usize, const OUT: usize>(
    matrices: &[&Tensor<Rank2<OUT, IN>, f32, Cpu>],
) -> Buffer {
    let mut numbers = Buffer::any(matrices.len() * OUT * IN);
    for (part, matrix) in numbers.chunks_exact_mut(OUT * IN).zip(matrices) {
        matrix.copy_into(part);
    }
    numbers
}

/// Vectors of equal length, one after the other.
pub(crate) fn joined<const LENGTH: usize>(vectors: &[&Tensor<Rank1<LENGTH>, f32, Cpu>]) -> Buffer {
    let mut numbers = Buffer::any(vectors.len() * LENGTH);
    for (part, vector) in numbers.chunks_exact_mut(LENGTH).zip(vectors) {
        vector.copy_into(part);
    }
    numbers
}

type Slopes = Gradients<f32, Cpu>;
type Fault = <Cpu as dfdx::prelude::HasErr>::Err;

/// Lends the gradients of several tensors at once: the tape itself lends one at a time.
///
/// They are taken out of the tape, changed by `work`, and put back.
pub(crate) fn with_slopes<S: Shape, const N: usize>(
    grads: &mut Slopes,
    tensors: [&Tensor<S, f32, Cpu>; N],
    work: impl FnOnce([&mut [f32]; N]),
) -> Result<(), Fault> {
    let mut taken: [Vec<f32>; N] = std::array::from_fn(|_| Vec::new());
    for (taken, tensor) in taken.iter_mut().zip(tensors) {
        *taken = std::mem::take(&mut **grads.get_or_alloc_mut(tensor)?);
    }
    work(taken.each_mut().map(|numbers| &mut numbers[..]));
    for (taken, tensor) in taken.into_iter().zip(tensors) {
        **grads.get_or_alloc_mut(tensor)? = taken;
    }
    Ok(())
}
