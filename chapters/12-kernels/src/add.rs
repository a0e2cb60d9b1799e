//! Addition of two tensors of one shape: the residual connection.
//!
//! dfdx's own addition walks both tensors by an index in every dimension, since either may be broadcast. These two lie in memory in the
//! same order, so one loop over plain slices does.

use crate::lanes::add_to;
use dfdx::prelude::{Cpu, HasShape, PutTape, ReshapeTo, Shape, SplitTape, Tape, Tensor, TensorFromVec};

pub(crate) fn add<S: Shape, T: Tape<f32, Cpu>>(
    x: Tensor<S, f32, Cpu, T>,
    y: Tensor<S, f32, Cpu, T>,
) -> Tensor<S, f32, Cpu, T> {
    let ((x, tape), (y, other)) = (x.contiguous().split_tape(), y.contiguous().split_tape());
    let mut tape = tape.merge(other);
    assert_eq!(x.shape(), y.shape(), "only tensors of one shape can be added");
    let (mut sum, mut part) = (vec![0.0; x.shape().num_elements()], vec![0.0; y.shape().num_elements()]);
    x.copy_into(&mut sum);
    y.copy_into(&mut part);
    add_to(&mut sum, &part);
    let out = x.device().tensor_from_vec(sum, *x.shape());
    let (x, y, output) = (x.ghost(), y.ghost(), out.ghost());
    tape.add_backward_op(move |grads| {
        let arriving = std::mem::take(&mut **grads.get_or_alloc_mut(&output)?);
        add_to(grads.get_or_alloc_mut(&x)?, &arriving);
        add_to(grads.get_or_alloc_mut(&y)?, &arriving);
        Ok(())
    });
    out.put_tape(tape)
}
