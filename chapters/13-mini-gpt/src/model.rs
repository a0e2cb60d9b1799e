//! The model: token and position embeddings, a stack of blocks, a last norm, and the embedding
//! again to score the next token.
//!
//! This is GPT-2's architecture (Radford et al. 2019): pre-norm blocks, GELU, learned positions,
//! and an output layer that shares its weights with the token embedding (Press & Wolf 2017). The
//! sizes are a type, so a model of another size is another type.

use attention::scaled_dot_product::Sequences;
use deep_networks::{Dropout, Repeated, parameters};
use dfdx::prelude::{ConstDim, Cpu, Dtype, NoneTape, Rank0, Storage, Tape, Tensor, TensorCollection};
use kernels::{Kernels, Shareable};
use language_models::Embedding;
use positions::LearnedPositions;
use tensors::Real;
use transformer::{Block, LayerNorm, Sizes};

// ANCHOR: gpt
/// A GPT that knows `Vocab` tokens and sees `Context` of them at a time.
#[derive(Debug, Clone)]
pub struct Gpt<S: Sizes, E: Dtype = f32, D: Storage<E> = Cpu> {
    /// One vector for each token: what the model reads, and what it compares its output with.
    pub tokens: Embedding<S::Vocab, S::Model, E, D>,
    /// One vector for each position.
    pub positions: LearnedPositions<S::Context, S::Model, E, D>,
    /// The stack.
    pub blocks: Repeated<Block<S, E, D>, S::Layers>,
    /// Norm of the residual stream before the output.
    pub norm: LayerNorm<S::Model, E, D>,
}

impl<S: Sizes, E: Real, D: Kernels<E>> Gpt<S, E, D> {
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
        let mut x = D::embed(&self.tokens.weight, &self.positions, tokens, batch, tape, dropout);
        for block in &self.blocks.modules {
            // x + dropout(attention(norm(x))), then x + dropout(feed-forward(norm(x))).
            x = D::attend(x, &block.norm1, &block.attention, &mask, dropout);
            x = D::think(x, &block.norm2, &block.feed_forward, dropout);
        }
        x
    }

    /// What the residual stream behind the last block says about the next token: how near it is to
    /// each token's vector.
    pub fn scores<T: Tape<E, D>>(&self, x: Sequences<S::Model, E, D, T>) -> Sequences<S::Vocab, E, D, T> {
        D::linear(D::layer_norm(x, &self.norm), &self.tokens.weight, None)
    }
}
// ANCHOR_END: gpt

parameters!(Gpt<S: Sizes> { tokens, positions, blocks, norm });

/// The sizes of a model, as numbers: for messages, checkpoints and formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Shape {
    /// Tokens known.
    pub vocabulary: usize,
    /// Positions with a learned vector: the longest context.
    pub max_context: usize,
    /// Width of the residual stream.
    pub model: usize,
    /// Attention heads in each block.
    pub heads: usize,
    /// Width of each head.
    pub head_dim: usize,
    /// Width of the feed-forward network.
    pub hidden: usize,
    /// Blocks.
    pub layers: usize,
}

impl Shape {
    /// The numbers of `S`.
    pub const fn of<S: Sizes>() -> Self {
        Self {
            vocabulary: <S::Vocab as ConstDim>::SIZE,
            max_context: <S::Context as ConstDim>::SIZE,
            model: <S::Model as ConstDim>::SIZE,
            heads: <S::Heads as ConstDim>::SIZE,
            head_dim: <S::HeadDim as ConstDim>::SIZE,
            hidden: <S::Hidden as ConstDim>::SIZE,
            layers: <S::Layers as ConstDim>::SIZE,
        }
    }

    /// Parameters by part: their names and counts.
    pub fn parameters(&self) -> [(&'static str, usize); 5] {
        let Self { vocabulary, max_context, model, hidden, layers, .. } = *self;
        [
            ("token embedding (also the output)", vocabulary * model),
            ("position embedding", max_context * model),
            ("attention", layers * 4 * (model * model + model)),
            ("feed-forward", layers * (2 * model * hidden + hidden + model)),
            ("norms", (2 * layers + 1) * 2 * model),
        ]
    }

    /// All parameters.
    pub fn total(&self) -> usize {
        self.parameters().iter().map(|(_, count)| count).sum()
    }

    /// Bytes that the blocks keep of each token until the backward pass: in each both normalised
    /// streams, queries, keys, values, what the heads found, and the hidden numbers. The output keeps
    /// the slopes of a token's scores besides, `vocabulary` numbers, which are not counted.
    pub fn kept_per_token(&self) -> usize {
        self.layers * (6 * self.model + self.hidden) * size_of::<f32>()
    }

    /// Floating-point operations to read one token at the end of `context` tokens: two for each
    /// weight of a matrix product (a multiplication and an addition), and two for each number of
    /// each key and value that it attends to. Training costs three times that.
    pub fn flops_per_token(&self, context: usize) -> usize {
        let Self { vocabulary, model, hidden, layers, .. } = *self;
        let weights = layers * (4 * model * model + 2 * model * hidden) + vocabulary * model;
        2 * weights + layers * 4 * model * context
    }
}

/// A [`Gpt`] of some size in f32, seen without its sizes: what training, evaluation
/// and sampling need of it.
pub trait LanguageModel<D: Kernels<f32>>:
    TensorCollection<f32, D, To<f32, D> = Self> + Clone + Shareable
{
    /// Its sizes.
    const SHAPE: Shape;

    /// Where its numbers lie.
    fn device(&self) -> &D;

    /// Mean loss in nats of predicting each of `targets` from the inputs of its own sequence up to its
    /// place. `inputs` and `targets` hold `batch` sequences of equal length one after the other.
    fn loss<T: Tape<f32, D>>(
        &self,
        inputs: &[usize],
        targets: &[usize],
        batch: usize,
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

impl<S: Sizes, D: Kernels<f32> + Shareable> LanguageModel<D> for Gpt<S, f32, D> {
    const SHAPE: Shape = Shape::of::<S>();

    fn device(&self) -> &D {
        self.tokens.weight.device()
    }

    fn loss<T: Tape<f32, D>>(
        &self,
        inputs: &[usize],
        targets: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Tensor<Rank0, f32, D, T> {
        D::cross_entropy(self.forward(inputs, batch, tape, dropout), targets)
    }

    fn logits(&self, tokens: &[usize]) -> Vec<f32> {
        self.forward(tokens, 1, NoneTape, &mut Dropout::off()).as_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initialise::initialise;
    use crate::sizes::Tiny;
    use backprop::gradient_check::worst_error;
    use dfdx::prelude::{
        BuildModule, Cpu, HasErr, HasShape, NoneTape, NumParams, RecursiveWalker, Shape as TensorShape,
        SplitTape, TensorOptions, TensorVisitor, ViewTensorName, ViewTensorRef,
    };

    fn model() -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 5);
        model
    }

    #[test]
    fn an_untrained_model_knows_nothing() {
        // All 256 tokens are equally likely to it: the loss is ln 256 = 5.545.
        let tokens: Vec<usize> = (0..=64).map(|i| i * 37 % 256).collect();
        let loss = model().loss(&tokens[..64], &tokens[1..], 1, NoneTape, &mut Dropout::off()).as_vec()[0];
        assert!((loss - 256_f32.ln()).abs() < 0.05, "{loss}");
    }

    #[test]
    fn the_formula_counts_the_parameters() {
        assert_eq!(model().num_trainable_params(), Shape::of::<Tiny>().total());
    }

    /// Numbers in a model's matrices, but for the position table, from which rows are only taken.
    #[derive(Default)]
    struct Products(usize);

    impl TensorVisitor<f32, Cpu> for Products {
        type Viewer = (ViewTensorRef, ViewTensorName);
        type Err = <Cpu as HasErr>::Err;
        type E2 = f32;
        type D2 = Cpu;

        fn visit<S: TensorShape>(
            &mut self,
            _: TensorOptions<S, f32, Cpu>,
            (tensor, name): (&Tensor<S, f32, Cpu>, String),
        ) -> Result<Option<Tensor<S, f32, Cpu>>, Self::Err> {
            if S::NUM_DIMS == 2 && name != "positions.table" {
                self.0 += tensor.shape().num_elements();
            }
            Ok(None)
        }
    }

    #[test]
    fn the_formula_counts_the_operations_of_a_token() {
        // Every number of a matrix is multiplied with one number of the token's, and added.
        let mut products = Products::default();
        let model = model();
        Gpt::<Tiny>::iter_tensors(&mut RecursiveWalker { m: (&model, String::new()), f: &mut products })
            .unwrap();
        // And in each of 2 layers each of 2 heads multiplies a query of 16 numbers with the keys of 10
        // tokens, and 10 weights with values of 16 numbers.
        let (layers, heads, context, head_dim) = (2, 2, 10, 16);
        let mut attention = 0;
        for _ in 0..layers * heads * context {
            attention += head_dim;
            attention += head_dim;
        }
        let shape = Shape::of::<Tiny>();
        assert_eq!(shape.flops_per_token(context), 2 * (products.0 + attention));
        // By hand: (4 · 32² + 2 · 32 · 128) · 2 + 256 · 32 = 32,768 numbers, and 1,280 of attention.
        assert_eq!(shape.flops_per_token(context), 2 * (32_768 + 1_280));
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
            )
        });
        assert!(error < 1e-8, "{error}");
    }
}
