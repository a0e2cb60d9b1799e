//! The second half of a block, x + dropout(W₂ GELU(W₁ norm(x))), as one step on the tape.

use crate::layer_norm::Normalised;
use crate::linear;
use crate::numbers::{numbers, with_slopes};
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
    let mut stream = numbers(&x);
    let normalised = Normalised::new(stream.clone(), MODEL);
    let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
    let hidden = linear::forward(&y, &numbers(&layer.up.weight), Some(&numbers(&layer.up.bias)), HIDDEN);
    let mut active = hidden.clone();
    widest!(active.iter_mut().for_each(|u| *u = value_and_slope(*u).0));
    let branch =
        linear::forward(&active, &numbers(&layer.down.weight), Some(&numbers(&layer.down.bias)), MODEL);
    let factors = add_branch(&mut stream, &branch, dropout);

    let output = x.device().tensor_from_vec(stream, *x.shape());
    let (x, out, norm, layer) = (x.ghost(), output.ghost(), norm.clone(), layer.clone());
    tape.add_backward_op(move |grads| {
        let mut dx = std::mem::take(&mut **grads.get_or_alloc_mut(&out)?);
        let dbranch = branch_slopes(&dx, factors);
        let mut dhidden = vec![0.0; hidden.len()];
        linear::to_input(&dbranch, &numbers(&layer.down.weight), MODEL, &mut dhidden);
        let mut active = hidden; // what it was before the GELU; afterwards what it was after
        widest!({
            for (u, du) in active.iter_mut().zip(&mut dhidden) {
                let (value, slope) = value_and_slope(*u);
                (*u, *du) = (value, *du * slope);
            }
        });
        linear::to_weight(&dbranch, &active, MODEL, grads.get_or_alloc_mut(&layer.down.weight)?);
        linear::to_bias(&dbranch, grads.get_or_alloc_mut(&layer.down.bias)?);

        let gains = numbers(&norm.gain);
        let y = normalised.scaled(&gains, &numbers(&norm.bias));
        let mut dy = vec![0.0; y.len()];
        linear::to_input(&dhidden, &numbers(&layer.up.weight), HIDDEN, &mut dy);
        linear::to_weight(&dhidden, &y, HIDDEN, grads.get_or_alloc_mut(&layer.up.weight)?);
        linear::to_bias(&dhidden, grads.get_or_alloc_mut(&layer.up.bias)?);

        with_slopes(grads, [&norm.gain, &norm.bias], |[dgain, dbias]| {
            normalised.backward(&dy, &gains, &mut dx, dgain, dbias);
        })?;
        crate::lanes::add_to(grads.get_or_alloc_mut(&x)?, &dx);
        Ok(())
    });
    output.put_tape(tape)
}
// ANCHOR_END: think
