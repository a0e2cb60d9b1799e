//! The vectors of tokens and positions, added: row `id` of one table plus row t of the other.
//!
//! Backward: each row of the gradient goes to the rows that it came from.

use crate::lanes::add_to;
use crate::residual::branch_slopes;
use attention::scaled_dot_product::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::{Const, Cpu, PutTape, Rank2, Tape, Tensor, TensorFromVec};
use positions::LearnedPositions;

// ANCHOR: embed
pub(crate) fn embed<const VOCAB: usize, const CONTEXT: usize, const MODEL: usize, T: Tape<f32, Cpu>>(
    tokens: &Tensor<Rank2<VOCAB, MODEL>, f32, Cpu>,
    positions: &LearnedPositions<CONTEXT, MODEL, f32, Cpu>,
    ids: &[usize],
    batch: usize,
    mut tape: T,
    dropout: &mut Dropout,
) -> Sequences<MODEL, f32, Cpu, T> {
    let (ids, seq) = (ids.to_vec(), ids.len() / batch);
    assert!(seq <= CONTEXT, "{seq} positions, but only {CONTEXT} were learned: shorten the text");
    let (tokens, table) = (tokens.clone(), positions.table.clone());
    let places = ids.iter().zip((0..seq).cycle());
    let mut x: Vec<f32> = places
        .flat_map(|(&id, t)| (0..MODEL).map(move |i| (id, t, i)))
        .map(|(id, t, i)| tokens[[id, i]] + table[[t, i]])
        .collect();
    let factors: Option<Vec<f32>> = dropout.factors(x.len());
    if let Some(factors) = &factors {
        x.iter_mut().zip(factors).for_each(|(x, factor)| *x *= factor);
    }
    let x = tokens.device().tensor_from_vec(x, (batch, seq, Const::<MODEL>));
    let out = x.ghost();
    tape.add_backward_op(move |grads| {
        let dx = std::mem::take(&mut **grads.get_or_alloc_mut(&out)?);
        let dx = branch_slopes(&dx, factors);
        let dtokens = grads.get_or_alloc_mut(&tokens)?;
        for (row, id) in dx.chunks_exact(MODEL).zip(ids) {
            add_to(&mut dtokens[id * MODEL..][..MODEL], row);
        }
        let dtable = grads.get_or_alloc_mut(&table)?;
        for sequence in dx.chunks_exact(seq * MODEL) {
            add_to(dtable, sequence); // the rows of a sequence lie as those of the table
        }
        Ok(())
    });
    x.put_tape(tape)
}
// ANCHOR_END: embed
