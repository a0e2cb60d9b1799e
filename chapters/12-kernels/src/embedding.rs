//! The vectors of tokens and positions, added: row `id` of one table plus row t of the other.
//!
//! Backward: each row of the gradient goes to the rows that it came from.

use crate::lanes::add_to;
use crate::residual::branch_slopes;
use crate::sized::{Backward, Rows, Table, numbers};
use deep_networks::Dropout;
use dfdx::prelude::{HasShape, TensorFromVec};

// ANCHOR: embed
/// dropout(tokens[id] + positions[t]) for the id at each position t of each of `batch` sequences:
/// (batch, seq, model). `tokens` is (vocab, model), `positions` is (context, model).
pub(crate) fn embed(
    [tokens, positions]: [Table; 2],
    ids: &[usize],
    batch: usize,
    dropout: &mut Dropout,
) -> (Rows, Backward) {
    let (ids, seq) = (ids.to_vec(), ids.len() / batch);
    let (context, model) = *positions.shape();
    assert!(seq <= context, "{seq} positions, but only {context} were learned: shorten the text");
    let mut x = rows(&tokens, &ids);
    let places: Vec<usize> = (0..seq).collect();
    let places = rows(&positions, &places);
    for sequence in x.chunks_exact_mut(places.len()) {
        add_to(sequence, &places);
    }
    let factors: Option<Vec<f32>> = dropout.factors(x.len());
    if let Some(factors) = &factors {
        x.iter_mut().zip(factors).for_each(|(x, factor)| *x *= factor);
    }
    let x = tokens.device().tensor_from_vec(x, (batch, seq, model));
    let out = x.ghost();
    let backward: Backward = Box::new(move |grads| {
        let dx = std::mem::take(&mut **grads.get_or_alloc_mut(&out)?);
        let dx = branch_slopes(&dx, factors);
        let dtokens = grads.get_or_alloc_mut(&tokens)?;
        for (row, id) in dx.chunks_exact(model).zip(ids) {
            add_to(&mut dtokens[id * model..][..model], row);
        }
        let dpositions = grads.get_or_alloc_mut(&positions)?;
        for sequence in dx.chunks_exact(seq * model) {
            add_to(dpositions, sequence); // the rows of a sequence lie as those of the table
        }
        Ok(())
    });
    (x, backward)
}
// ANCHOR_END: embed

/// The rows `ids` of a table, one after another. A tensor's numbers are read one by one or copied
/// all at once: the first for a few rows of a large table.
fn rows(table: &Table, ids: &[usize]) -> Vec<f32> {
    let (count, model) = *table.shape();
    if ids.len() < count / 16 {
        return ids.iter().flat_map(|&id| (0..model).map(move |i| table[[id, i]])).collect();
    }
    let all = numbers(table);
    ids.iter().flat_map(|id| &all[id * model..][..model]).copied().collect()
}
