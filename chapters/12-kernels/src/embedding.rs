//! The vectors of tokens and positions, added: row `id` of one table plus row t of the other.
//!
//! Backward: each row of the gradient goes to the rows that it came from.

use crate::lanes::add_to;
use crate::numbers::numbers;
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
    let mut x = rows(&tokens, &ids);
    let places: Vec<usize> = (0..seq).collect();
    let places = rows(&table, &places);
    for sequence in x.chunks_exact_mut(places.len()) {
        add_to(sequence, &places);
    }
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

/// The rows `ids` of a table. A tensor's numbers are read one by one or copied all at once: the
/// first for a few rows of a large table.
fn rows<const COUNT: usize, const MODEL: usize>(
    table: &Tensor<Rank2<COUNT, MODEL>, f32, Cpu>,
    ids: &[usize],
) -> Vec<f32> {
    if ids.len() < COUNT / 16 {
        return ids.iter().flat_map(|&id| (0..MODEL).map(move |i| table[[id, i]])).collect();
    }
    let all = numbers(table);
    ids.iter().flat_map(|id| &all[id * MODEL..][..MODEL]).copied().collect()
}
