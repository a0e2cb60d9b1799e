//! The smallest language model with attention: one head, nothing else.
//!
//! Its purpose is to be given the wrong mask, and to show what then happens.

use crate::{Head, Sequences};
use deep_networks::{Linear, cross_entropy, parameters};
use dfdx::prelude::{Const, Device, Dtype, Module, Rank0, ReshapeTo, SplitTape, Storage, Tape, Tensor};
use language_models::Embedding;
use tensors::Real;

// ANCHOR: model
/// A vector for each token and for each of `CONTEXT` positions, one head, scores for the next
/// token.
#[derive(Debug, Clone)]
pub struct OneHeadModel<
    const VOCAB: usize,
    const CONTEXT: usize,
    const MODEL: usize,
    E: Dtype,
    D: Storage<E>,
> {
    /// What stands here.
    pub token: Embedding<Const<VOCAB>, Const<MODEL>, E, D>,
    /// Where it stands: attention itself cannot tell.
    pub position: Embedding<Const<CONTEXT>, Const<MODEL>, E, D>,
    /// Who looks at whom.
    pub head: Head<MODEL, MODEL, E, D>,
    /// To the scores of the next token.
    pub output: Linear<Const<MODEL>, Const<VOCAB>, E, D>,
}

impl<const VOCAB: usize, const CONTEXT: usize, const MODEL: usize, E: Real, D: Device<E>>
    OneHeadModel<VOCAB, CONTEXT, MODEL, E, D>
{
    /// The vectors of `rows` texts of `seq` tokens with their positions, `(rows, seq, MODEL)`.
    ///
    /// # Panics
    /// When `tokens` are not whole rows, or a row has more than `CONTEXT` tokens.
    pub fn embed<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        seq: usize,
        tape: T,
    ) -> Sequences<Const<MODEL>, E, D, T> {
        let (what, tape) = self.token.look_up(tokens, seq, tape).split_tape();
        let places: Vec<usize> = (0..tokens.len()).map(|i| i % seq).collect();
        self.position.look_up(&places, seq, tape) + what
    }

    /// The scores of the token after each position, `(rows · seq, VOCAB)`. Without a mask,
    /// everybody sees everything.
    ///
    /// # Panics
    /// As [`Self::embed`].
    pub fn forward<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        seq: usize,
        mask: Option<&Tensor<(usize, usize), E, D>>,
        tape: T,
    ) -> Tensor<(usize, Const<VOCAB>), E, D, T> {
        let found = self.head.attend(self.embed(tokens, seq, tape), mask);
        self.output.forward(found.reshape_like(&(tokens.len(), Const::<MODEL>)))
    }

    /// The mean loss in nats of predicting each next token. `rows` holds whole rows of `seq` + 1
    /// tokens.
    ///
    /// # Panics
    /// As [`Self::embed`].
    pub fn loss<T: Tape<E, D>>(
        &self,
        rows: &[usize],
        seq: usize,
        mask: Option<&Tensor<(usize, usize), E, D>>,
        tape: T,
    ) -> Tensor<Rank0, E, D, T> {
        let inputs: Vec<usize> = rows.chunks(seq + 1).flat_map(|row| &row[..seq]).copied().collect();
        let targets: Vec<usize> = rows.chunks(seq + 1).flat_map(|row| &row[1..]).copied().collect();
        cross_entropy(self.forward(&inputs, seq, mask, tape), &targets)
    }
}
// ANCHOR_END: model

parameters!(OneHeadModel<const VOCAB, CONTEXT, MODEL> { token, position, head, output });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causal_mask;
    use dfdx::prelude::{BuildModule, Cpu, NoneTape};

    // ANCHOR: leak_test
    #[test]
    fn the_check_for_leaks_passes_with_the_mask_and_fails_without() {
        let model = OneHeadModel::<7, 6, 8, f64, Cpu>::build(&Cpu::seed_from_u64(1));
        let mask = causal_mask(&Cpu::default(), 6);
        // The last token is changed. Do the scores at the other positions change?
        let leaks = |mask: Option<&_>| {
            let [before, after] = [[1, 2, 3, 4, 5, 0], [1, 2, 3, 4, 5, 6]]
                .map(|text| model.forward(&text, 6, mask, NoneTape).as_vec());
            before[..5 * 7] != after[..5 * 7]
        };
        assert!(!leaks(Some(&mask)), "the mask lets the future through");
        assert!(leaks(None), "the check does not notice a missing mask");
    }
    // ANCHOR_END: leak_test
}
