//! The neural n-gram: the same question as an n-gram's, answered by a network (Bengio et al. 2000).
//!
//! Each of the `CONTEXT` tokens before has a learned vector; side by side they go through one
//! hidden layer to a score for every token. A history that was never seen is no trouble: it is near
//! others, whose tokens have similar vectors.

use crate::Embedding;
use deep_networks::{Linear, cross_entropy, parameters};
use dfdx::prelude::{Const, Device, Dtype, Module, Rank0, ReshapeTo, Storage, Tape, Tensor};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tensors::Real;

// ANCHOR: model
/// A model of order `CONTEXT` + 1 over `VOCAB` tokens. `INPUT` is `CONTEXT` · `EMBED`.
#[derive(Debug, Clone)]
pub struct NeuralNGram<
    const VOCAB: usize,
    const CONTEXT: usize,
    const EMBED: usize,
    const INPUT: usize,
    const HIDDEN: usize,
    E: Dtype,
    D: Storage<E>,
> {
    /// A vector for each token.
    pub embedding: Embedding<Const<VOCAB>, Const<EMBED>, E, D>,
    /// From all vectors to the hidden layer.
    pub hidden: Linear<Const<INPUT>, Const<HIDDEN>, E, D>,
    /// To a score for each token.
    pub output: Linear<Const<HIDDEN>, Const<VOCAB>, E, D>,
}

impl<
    const VOCAB: usize,
    const CONTEXT: usize,
    const EMBED: usize,
    const INPUT: usize,
    const HIDDEN: usize,
    E: Real,
    D: Device<E>,
> NeuralNGram<VOCAB, CONTEXT, EMBED, INPUT, HIDDEN, E, D>
{
    /// The scores of the token after each history: `histories` holds rows of `CONTEXT` tokens, the
    /// result is `(rows, VOCAB)`.
    ///
    /// # Panics
    /// When an id is not smaller than `VOCAB`, or `histories` are not whole rows.
    pub fn forward<T: Tape<E, D>>(
        &self,
        histories: &[usize],
        tape: T,
    ) -> Tensor<(usize, Const<VOCAB>), E, D, T> {
        const { assert!(INPUT == CONTEXT * EMBED, "the hidden layer reads all vectors side by side") };
        let vectors = self.embedding.look_up(histories, CONTEXT, tape); // (rows, CONTEXT, EMBED)
        let side_by_side = vectors.reshape_like(&(histories.len() / CONTEXT, Const::<INPUT>));
        self.output.forward(self.hidden.forward(side_by_side).tanh())
    }

    /// The mean loss in nats over the places `ends` of `tokens`, each predicted from the `CONTEXT`
    /// tokens before it.
    ///
    /// # Panics
    /// When a place has fewer tokens before it.
    pub fn loss<T: Tape<E, D>>(&self, tokens: &[usize], ends: &[usize], tape: T) -> Tensor<Rank0, E, D, T> {
        let histories: Vec<usize> =
            ends.iter().flat_map(|&end| &tokens[end - CONTEXT..end]).copied().collect();
        let targets: Vec<usize> = ends.iter().map(|&end| tokens[end]).collect();
        cross_entropy(self.forward(&histories, tape), &targets)
    }
}
// ANCHOR_END: model

/// `rows` places of a text of `tokens` tokens that have `context` tokens before them, drawn with
/// replacement.
pub fn places(tokens: usize, context: usize, rows: usize, rng: &mut ChaCha8Rng) -> Vec<usize> {
    (0..rows).map(|_| rng.gen_range(context as u32..tokens as u32) as usize).collect()
}

parameters!(NeuralNGram<const VOCAB, CONTEXT, EMBED, INPUT, HIDDEN> { embedding, hidden, output });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ngram::{NGram, Smoothing};
    use crate::story;
    use backprop::gradient_check::worst_error;
    use deep_networks::{Optimiser, Rule, WarmupCosine, fit};
    use dfdx::prelude::{BuildModule, Cpu, NoneTape, OwnedTape, SplitTape};
    use tensors::seeds;

    #[test]
    fn gradients_equal_central_differences() {
        let model = NeuralNGram::<5, 2, 3, 6, 4, f64, Cpu>::build(&Cpu::seed_from_u64(1));
        let error = worst_error(&model.embedding.weight, |weight| {
            let (weight, tape) = weight.split_tape();
            let mut model = model.clone();
            model.embedding.weight = weight;
            model.loss(&[0, 1, 2, 3, 4, 1], &[2, 3, 5], tape)
        });
        assert!(error < 1e-8, "{error}");
    }

    #[test]
    fn in_some_hundred_steps_it_passes_the_bigram() {
        type Model = NeuralNGram<128, 4, 8, 32, 48, f32, Cpu>;
        let corpus = story::corpus(100_000, 1);
        let tokens = |text: &str| text.bytes().map(usize::from).collect::<Vec<_>>();
        let (train, held_out) = (tokens(&corpus.train), tokens(&corpus.held_out));
        let (dev, mut rng) = (Cpu::seed_from_u64(1), seeds::generator(1));
        let mut model = Model::build(&dev);
        let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &dev);
        let schedule = WarmupCosine { peak: 0.02, floor: 0.0, warmup: 10, steps: 400 };
        let loss = |model: &Model, _| {
            model.loss(&train, &places(train.len(), 4, 64, &mut rng), OwnedTape::default())
        };
        fit(&mut model, &mut optimiser, &schedule, 1.0, loss, |_, _, _| true).unwrap();
        let ends: Vec<usize> = (4..4004).collect();
        let bits = f64::from(model.loss(&held_out, &ends, NoneTape).as_vec()[0]) / std::f64::consts::LN_2;
        let bigram = NGram::count(&train, 2, 128, Smoothing::KneserNey(0.75)).unwrap();
        let bigram = bigram.bits_per_token(&held_out[..4004]);
        assert!(bits < bigram, "network {bits} bits, bigram {bigram}");
    }
}
