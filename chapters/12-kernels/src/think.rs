//! The second half of a block, x + dropout(W₂ GELU(W₁ norm(x))), as one step on the tape.

use crate::buffer::Buffer;
use crate::lanes::add_to;
use crate::layer_norm::Normalised;
use crate::linear;
use crate::numbers::numbers;
use crate::residual::{add_branch, branch_slopes};
use attention::scaled_dot_product::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::{Cpu, HasShape, PutTape, ReshapeTo, SplitTape, Tape, TensorFromVec};
use neurons::gelu::value_and_slope;
use tensors::widest;
use transformer::{FeedForward, LayerNorm};

// ANCHOR: think
pub(crate) fn think<const MODEL: usize, const HIDDEN: usize, T: Tape<f32, Cpu>>(
    x: Sequences<MODEL, f32, Cpu, T>,
    norm: &LayerNorm<MODEL, f32, Cpu>,
    layer: &FeedForward<MODEL, HIDDEN, f32, Cpu>,
    dropout: &mut Dropout,
) -> Sequences<MODEL, f32, Cpu, T> {
    let (x, mut tape) = x.contiguous().split_tape();
    let rows = numbers(&x);
    let mut stream = rows.to_vec();
    let normalised = Normalised::new(rows, MODEL);
    let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
    let hidden = linear::forward(&y, &numbers(&layer.up.weight), &numbers(&layer.up.bias));
    let mut active = Buffer::any(hidden.len());
    widest!({
        for (a, &u) in active.iter_mut().zip(hidden.iter()) {
            *a = value_and_slope(u).0;
        }
    });
    let (weight, bias) = (numbers(&layer.down.weight), numbers(&layer.down.bias));
    let factors = add_branch(&mut stream, &active, &weight, &bias, dropout);

    let output = x.device().tensor_from_vec(stream, *x.shape());
    let (x, out, norm, layer) = (x.ghost(), output.ghost(), norm.clone(), layer.clone());
    tape.add_backward_op(move |grads| {
        let mut dx = std::mem::take(&mut **grads.get_or_alloc_mut(&out)?);
        let dbranch = branch_slopes(&dx, factors);
        let mut dhidden = linear::to_input(&dbranch, &numbers(&layer.down.weight), MODEL);
        let mut active = hidden; // what it was before the GELU; afterwards what it was after
        widest!({
            for (u, du) in active.iter_mut().zip(dhidden.iter_mut()) {
                let (value, slope) = value_and_slope(*u);
                (*u, *du) = (value, *du * slope);
            }
        });
        linear::to_weight(&dbranch, &active, MODEL, grads.get_or_alloc_mut(&layer.down.weight)?);
        linear::to_bias(&dbranch, grads.get_or_alloc_mut(&layer.down.bias)?);
        drop(dbranch);

        let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
        let dy = linear::to_input(&dhidden, &numbers(&layer.up.weight), HIDDEN);
        linear::to_weight(&dhidden, &y, HIDDEN, grads.get_or_alloc_mut(&layer.up.weight)?);
        linear::to_bias(&dhidden, grads.get_or_alloc_mut(&layer.up.bias)?);

        normalised.backward(&dy, &norm, &mut dx, grads)?;
        add_to(grads.get_or_alloc_mut(&x)?, &dx);
        Ok(())
    });
    output.put_tape(tape)
}
// ANCHOR_END: think
