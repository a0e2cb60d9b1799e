//! One head that answers the question of the recall task.
//!
//! The last token asks, all tokens answer. How far back the item stands makes no difference: it is
//! one step away, like everything else.

use crate::{Head, Sequences};
use deep_networks::{Linear, parameters};
use dfdx::prelude::{Const, Device, Dtype, Module, ReshapeTo, Storage, Tape, Tensor, TryMatMul};
use language_models::Embedding;
use tensors::Real;

// ANCHOR: retriever
/// A vector for each of `VOCAB` tokens, one head, scores for `OUT` classes.
#[derive(Debug, Clone)]
pub struct Retriever<
    const VOCAB: usize,
    const MODEL: usize,
    const KEY: usize,
    const OUT: usize,
    E: Dtype,
    D: Storage<E>,
> {
    /// A vector for each token.
    pub embedding: Embedding<Const<VOCAB>, Const<MODEL>, E, D>,
    /// Who asks what, and who answers.
    pub head: Head<MODEL, KEY, E, D>,
    /// From what was found to the scores.
    pub output: Linear<Const<KEY>, Const<OUT>, E, D>,
}

/// Attention weights, `(batch, queries, keys)`.
pub type Weights<E, D, T> = Tensor<(usize, usize, usize), E, D, T>;

impl<const VOCAB: usize, const MODEL: usize, const KEY: usize, const OUT: usize, E: Real, D: Device<E>>
    Retriever<VOCAB, MODEL, KEY, OUT, E, D>
{
    /// The vectors of rows of `length` tokens, `(rows, length, MODEL)`.
    fn read<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        length: usize,
        tape: T,
    ) -> Sequences<Const<MODEL>, E, D, T> {
        self.embedding.look_up(tokens, length, tape)
    }

    /// The scores after the last of `length` tokens, `(rows, OUT)`: only that token asks. `weigh`
    /// makes weights of queries and keys.
    ///
    /// # Panics
    /// When `tokens` are not whole rows.
    pub fn last<T: Tape<E, D>, W>(
        &self,
        tokens: &[usize],
        length: usize,
        tape: T,
        weigh: W,
    ) -> Tensor<(usize, Const<OUT>), E, D, T>
    where
        W: FnOnce(Sequences<Const<KEY>, E, D, T>, Sequences<Const<KEY>, E, D, T>) -> Weights<E, D, T>,
    {
        let rows = tokens.len() / length;
        let x = self.read(tokens, length, tape);
        let key = self.head.key.forward(x.retaped::<T>());
        let value = self.head.value.forward(x.retaped::<T>());
        let asking = x.slice((.., length - 1.., ..)); // (rows, 1, MODEL)
        let found = weigh(self.head.query.forward(asking), key).matmul(value); // (rows, 1, KEY)
        self.output.forward(found.reshape_like(&(rows, Const::<KEY>)))
    }
}
// ANCHOR_END: retriever

parameters!(Retriever<const VOCAB, MODEL, KEY, OUT> { embedding, head, output });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention_weights;
    use crate::scaling::weights_normalised_twice;
    use dfdx::prelude::{BuildModule, Cpu, OwnedTape};
    use recurrence::recall::{Answer, ITEMS, Recall, Training, VOCAB, accuracy, learn};

    type Model = Retriever<VOCAB, 16, 16, ITEMS, f32, Cpu>;

    fn recalled(distance: usize, answer: impl Fn(&Model, &[usize]) -> Answer) -> f64 {
        let task = Recall::at(distance).unwrap();
        let mut model = Model::build(&Cpu::default());
        deep_networks::initialise(&mut model, 1);
        learn(&mut model, task, Training::default(), &answer).unwrap();
        accuracy(&model, task, 2, answer)
    }

    #[test]
    fn an_item_a_hundred_steps_back_is_one_step_away() {
        let share = recalled(100, |model, tokens| {
            model.last(tokens, 101, OwnedTape::default(), |q, k| attention_weights(q, k, None))
        });
        assert_eq!(share, 1.0);
    }

    #[test]
    fn normalised_twice_it_recalls_less_among_a_hundred_tokens() {
        let share = recalled(100, |model, tokens| {
            model.last(tokens, 101, OwnedTape::default(), weights_normalised_twice)
        });
        // Without the mistake it recalls all, as the test above says.
        assert!(share < 0.9, "{share}");
    }
}
