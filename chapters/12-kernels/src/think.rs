//! The second half of a block, x + dropout(W₂ GELU(W₁ norm(x))), as one step on the tape.

use crate::buffer::Buffer;
use crate::lanes::add_to;
use crate::layer_norm::Normalised;
use crate::linear;
use crate::residual::{add_branch, branch_slopes};
use crate::sized::{Backward, Linear, Norm, Rows, numbers};
use deep_networks::Dropout;
use dfdx::prelude::{HasShape, TensorFromVec};
use neurons::gelu::value_and_slope;
use tensors::widest;

// ANCHOR: think
/// x + dropout(GELU(norm(x) W₁ᵀ + b₁) W₂ᵀ + b₂), (batch, seq, model): `up` is W₁, b₁ and `down` is
/// W₂, b₂.
pub(crate) fn think(
    x: &Rows,
    norm: Norm,
    [up, down]: [Linear; 2],
    dropout: &mut Dropout,
) -> (Rows, Backward) {
    let ((_, _, model), (size, _)) = (*x.shape(), *up.weight.shape());
    let rows = numbers(x);
    let mut stream = rows.to_vec();
    let normalised = Normalised::new(rows, model);
    let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
    let hidden = linear::forward(&y, &numbers(&up.weight), &numbers(&up.bias));
    let mut active = Buffer::any(hidden.len());
    widest!({
        for (a, &u) in active.iter_mut().zip(hidden.iter()) {
            *a = value_and_slope(u).0;
        }
    });
    let (weight, bias) = (numbers(&down.weight), numbers(&down.bias));
    let factors = add_branch(&mut stream, &active, &weight, &bias, dropout);

    let sum = x.device().tensor_from_vec(stream, *x.shape());
    let (x, out) = (x.ghost(), sum.ghost());
    let backward: Backward = Box::new(move |grads| {
        let mut dx = std::mem::take(&mut **grads.get_or_alloc_mut(&out)?);
        let dbranch = branch_slopes(&dx, factors);
        let mut dhidden = linear::to_input(&dbranch, &numbers(&down.weight), model);
        let mut active = hidden; // what it was before the GELU; afterwards what it was after
        widest!({
            for (u, du) in active.iter_mut().zip(dhidden.iter_mut()) {
                let (value, slope) = value_and_slope(*u);
                (*u, *du) = (value, *du * slope);
            }
        });
        linear::to_weight(&dbranch, &active, model, grads.get_or_alloc_mut(&down.weight)?);
        linear::to_bias(&dbranch, grads.get_or_alloc_mut(&down.bias)?);
        drop(dbranch);

        let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
        let dy = linear::to_input(&dhidden, &numbers(&up.weight), size);
        linear::to_weight(&dhidden, &y, size, grads.get_or_alloc_mut(&up.weight)?);
        linear::to_bias(&dhidden, grads.get_or_alloc_mut(&up.bias)?);

        normalised.backward(&dy, &norm, &mut dx, grads)?;
        add_to(grads.get_or_alloc_mut(&x)?, &dx);
        Ok(())
    });
    (sum, backward)
}
// ANCHOR_END: think
