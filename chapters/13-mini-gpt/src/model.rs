//! The model: token and position embeddings, a stack of blocks, a last norm, and the embedding
//! again to score the next token.
//!
//! This is GPT-2's architecture (Radford et al. 2019): pre-norm blocks, GELU, learned positions,
//! and an output layer that shares its weights with the token embedding (Press & Wolf 2017). The
//! sizes are a type, so a model of another size is another type.

use crate::data::Batch;
use crate::parts::{Layer, Norm, Positions};
use attention::Sequences;
use deep_networks::{Dropout, Repeated, parameters};
use dfdx::prelude::{Cpu, Dtype, NoneTape, Rank0, Storage, Tape, Tensor, TensorCollection};
use kernels::{Kernels, Shape, Shareable};
use language_models::Embedding;
use positions::LearnedPositions;
use tensors::Real;
use transformer::{Block, LayerNorm, Sizes};

// ANCHOR: gpt
/// A GPT that knows `Vocab` tokens and sees `Context` of them at a time. Its blocks, positions and last
/// norm are GPT-2's; others can be put in their place (`parts.rs`).
#[derive(Debug, Clone)]
pub struct Gpt<
    S: Sizes,
    E: Dtype = f32,
    D: Storage<E> = Cpu,
    B = Block<S, E, D>,
    P = LearnedPositions<<S as Sizes>::Context, <S as Sizes>::Model, E, D>,
    N = LayerNorm<<S as Sizes>::Model, E, D>,
> {
    /// One vector for each token: what the model reads, and what it compares its output with.
    pub tokens: Embedding<S::Vocab, S::Model, E, D>,
    /// One vector for each position.
    pub positions: P,
    /// The stack.
    pub blocks: Repeated<B, S::Layers>,
    /// Norm of the residual stream before the output.
    pub norm: N,
}

impl<S: Sizes, E: Real, D: Kernels<E>, B, P, N> Gpt<S, E, D, B, P, N>
where
    B: Layer<S, E, D>,
    P: Positions<S, E, D>,
    N: Norm<S, E, D>,
{
    /// The score of every token as the next one, at every position: `(batch, seq, Vocab)`.
    ///
    /// # Panics
    /// As [`Self::stream`].
    pub fn forward<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Sequences<S::Vocab, E, D, T> {
        self.scores(self.stream(tokens, batch, tape, dropout))
    }

    /// The residual stream behind the last block, `(batch, seq, Model)`. `tokens` holds `batch`
    /// sequences of equal length one after the other.
    ///
    /// # Panics
    /// When an id is not smaller than `Vocab`, when the sequences are longer than `Context`, or
    /// when they do not fill the batch.
    pub fn stream<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        let mask = D::causal(self.tokens.weight.device(), tokens.len() / batch);
        let mut x = self.positions.embed(&self.tokens, tokens, batch, tape, dropout);
        for block in &self.blocks.modules {
            x = block.attend(x, &mask, dropout); // x + dropout(attention(norm(x)))
            x = block.think(x, dropout); // x + dropout(feed-forward(norm(x)))
        }
        x
    }

    /// What the residual stream behind the last block says about the next token: how far it reaches, once
    /// normalised, in the direction of each token's vector.
    pub fn scores<T: Tape<E, D>>(&self, x: Sequences<S::Model, E, D, T>) -> Sequences<S::Vocab, E, D, T> {
        D::linear(self.norm.norm(x), &self.tokens.weight, None)
    }
}
// ANCHOR_END: gpt

parameters!(Gpt<S: Sizes; B, P, N> { tokens, positions, blocks, norm });

// ANCHOR: model
/// A language model in f32 whose sizes are not in its name: what evaluation and sampling need of it.
pub trait LanguageModel<D: Kernels<f32>>: Clone + Shareable {
    /// Its sizes. What [`Shape`] counts from them holds for GPT-2's parts.
    const SHAPE: Shape;

    /// Where its numbers lie.
    fn device(&self) -> &D;

    /// The loss of `batch` in nats: of predicting each target from its input and those before it in
    /// the row. The mean, or a sum with the batch's weights.
    fn loss<T: Tape<f32, D>>(
        &self,
        batch: &Batch,
        tape: T,
        dropout: &mut Dropout,
    ) -> Tensor<Rank0, f32, D, T>;

    /// The scores of every token as the next one at every position of `tokens`, row after row.
    fn logits(&self, tokens: &[usize]) -> Vec<f32>;

    /// Those after the last of `tokens` only.
    fn next_logits(&self, tokens: &[usize]) -> Vec<f32> {
        self.logits(tokens).split_off((tokens.len() - 1) * Self::SHAPE.vocabulary)
    }
}

/// A name for what can be trained: tensors that an optimiser moves and a checkpoint keeps.
pub trait Parameters<D: Kernels<f32>>:
    TensorCollection<f32, D, To<f32, D> = Self> + Clone + Shareable
{
}

impl<D: Kernels<f32>, P: TensorCollection<f32, D, To<f32, D> = P> + Clone + Shareable> Parameters<D> for P {}

/// A language model of which something is trained: all of it, or a part, such as what was added to a
/// model that stays as it is.
pub trait Trainable<D: Kernels<f32>>: LanguageModel<D> {
    /// The type of what is trained.
    type Parameters: Parameters<D>;

    /// What is trained.
    fn parameters(&self) -> &Self::Parameters;

    /// The same, to be moved.
    fn parameters_mut(&mut self) -> &mut Self::Parameters;
}

/// A name for a language model that is trained as a whole, and can be made from nothing.
pub trait Whole<D: Kernels<f32>>: Trainable<D, Parameters = Self> + Parameters<D> {}

impl<D: Kernels<f32>, M: Trainable<D, Parameters = M> + Parameters<D>> Whole<D> for M {}
// ANCHOR_END: model

impl<S: Sizes, D: Kernels<f32> + Shareable, B, P, N> LanguageModel<D> for Gpt<S, f32, D, B, P, N>
where
    B: Layer<S, f32, D> + Clone + Shareable,
    P: Positions<S, f32, D> + Clone + Shareable,
    N: Norm<S, f32, D> + Clone + Shareable,
{
    const SHAPE: Shape = Shape::of::<S>();

    fn device(&self) -> &D {
        self.tokens.weight.device()
    }

    fn loss<T: Tape<f32, D>>(
        &self,
        batch: &Batch,
        tape: T,
        dropout: &mut Dropout,
    ) -> Tensor<Rank0, f32, D, T> {
        let scores = self.forward(&batch.inputs, batch.rows, tape, dropout);
        D::cross_entropy(scores, &batch.targets, batch.weights.as_deref())
    }

    fn logits(&self, tokens: &[usize]) -> Vec<f32> {
        self.forward(tokens, 1, NoneTape, &mut Dropout::off()).as_vec()
    }
}

impl<S: Sizes, D: Kernels<f32> + Shareable, B, P, N> Trainable<D> for Gpt<S, f32, D, B, P, N>
where
    Self: LanguageModel<D> + Parameters<D>,
{
    type Parameters = Self;

    fn parameters(&self) -> &Self {
        self
    }

    fn parameters_mut(&mut self) -> &mut Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initialise::initialise;
    use crate::sizes::Tiny;
    use backprop::gradient_check::worst_error;
    use dfdx::prelude::{BuildModule, NumParams, SplitTape};

    fn model() -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 5);
        model
    }

    #[test]
    fn an_untrained_model_knows_nothing() {
        // All 256 tokens are equally likely to it: the loss is ln 256 = 5.545.
        let tokens: Vec<usize> = (0..=64).map(|i| i * 37 % 256).collect();
        let loss = model().loss(&Batch::at(&tokens, &[0], 64), NoneTape, &mut Dropout::off()).as_vec()[0];
        assert!((loss - 256_f32.ln()).abs() < 0.05, "{loss}");
    }

    #[test]
    fn the_formula_counts_the_parameters() {
        assert_eq!(model().num_trainable_params(), Shape::of::<Tiny>().total());
    }

    #[test]
    fn future_tokens_do_not_change_past_scores() {
        let (model, mut tokens) = (model(), (0..20).collect::<Vec<usize>>());
        let run = |tokens: &[usize]| model.forward(tokens, 1, NoneTape, &mut Dropout::off()).as_vec();
        let before = run(&tokens);
        tokens[12] = 200;
        let after = run(&tokens);
        assert_eq!(before[..12 * 256], after[..12 * 256]);
        assert_ne!(before[12 * 256..], after[12 * 256..]);
    }

    #[test]
    fn sequences_of_a_batch_do_not_see_each_other() {
        let model = model();
        let run =
            |tokens: &[usize], batch| model.forward(tokens, batch, NoneTape, &mut Dropout::off()).as_vec();
        let (one, two) = ([1, 2, 3, 4], [9, 8, 7, 6]);
        let both = run(&[one, two].concat(), 2);
        let apart = [run(&one, 1), run(&two, 1)].concat();
        assert_eq!(both.len(), apart.len());
        for (a, b) in both.iter().zip(apart) {
            assert!((a - b).abs() < 1e-5);
        }
    }

    #[test]
    fn the_tied_embedding_gets_the_gradients_of_both_its_uses() {
        crate::sizes!(FiveTokens {
            vocab: 5,
            context: 4,
            model: 4,
            heads: 2,
            head_dim: 2,
            hidden: 8,
            layers: 1
        });
        type Small = Gpt<FiveTokens, f64>;
        let model = Small::build(&Cpu::seed_from_u64(3));
        let error = worst_error(&model.tokens.weight, |weight| {
            let (weight, tape) = weight.split_tape();
            let mut model = model.clone();
            model.tokens.weight = weight;
            <Cpu as Kernels<f64>>::cross_entropy(
                model.forward(&[0, 1, 2, 3, 2, 1], 2, tape, &mut Dropout::off()),
                &[1, 2, 3, 4, 1, 0],
                None,
            )
        });
        assert!(error < 1e-8, "{error}");
    }
}
