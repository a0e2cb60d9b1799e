//! The sizes of a model as numbers, and what follows from them: how many parameters it has, what a
//! token costs, and what a backward pass needs.

use dfdx::prelude::ConstDim;
use transformer::Sizes;

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

    // ANCHOR: flops
    /// Floating-point operations to read the token at position `keys` of a text, counted from 1: it
    /// attends to so many keys, its own included.
    ///
    /// 2 for each weight of a matrix product (a multiplication and an addition), and for each key 4 in
    /// each of the model's numbers in each block: 2 for the score, 2 for the sum of values. Biases,
    /// norms, softmax and GELU are not counted: they are few beside the products, as in section 2.1 of
    /// "Scaling laws for neural language models" (Kaplan et al. 2020), which counts 2 for each key.
    pub const fn flops_at(&self, keys: usize) -> usize {
        let weights = self.layers * (4 * self.model * self.model + 2 * self.model * self.hidden)
            + self.vocabulary * self.model;
        2 * weights + 4 * self.layers * self.model * keys
    }

    /// Those to read a token of a window of `seq`, on average over its positions, which attend to 1,
    /// 2, … `seq` keys.
    ///
    /// To train on it costs three times that: the backward pass multiplies twice for each product,
    /// once for the slopes by either factor.
    pub const fn flops_per_token(&self, seq: usize) -> usize {
        // The mean of 1, 2, … seq is (seq + 1) / 2.
        self.flops_at(0) + 2 * self.layers * self.model * (seq + 1)
    }
    // ANCHOR_END: flops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kernels, buffer, matmul};
    use attention::scaled_dot_product::Sequences;
    use deep_networks::{Dropout, Repeated};
    use dfdx::prelude::{Backward, BuildModule, Const, Cpu, OwnedTape, Tensor};
    use language_models::Embedding;
    use positions::LearnedPositions;
    use transformer::{Block, LayerNorm};

    transformer::sizes!(Small {
        vocab: 11,
        context: 80,
        model: 12,
        heads: 3,
        head_dim: 4,
        hidden: 20,
        layers: 2
    });

    const SHAPE: Shape = Shape::of::<Small>();

    type Traced = OwnedTape<f32, Cpu>;

    struct Model {
        tokens: Embedding<Const<11>, Const<12>, f32, Cpu>,
        positions: LearnedPositions<Const<80>, Const<12>, f32, Cpu>,
        blocks: Repeated<Block<Small, f32, Cpu>, Const<2>>,
        norm: LayerNorm<Const<12>, f32, Cpu>,
    }

    impl Model {
        fn new() -> Self {
            let dev = Cpu::default();
            Self {
                tokens: BuildModule::build(&dev),
                positions: BuildModule::build(&dev),
                blocks: BuildModule::build(&dev),
                norm: BuildModule::build(&dev),
            }
        }

        /// The stream behind the last block, of one text.
        fn stream(&self, ids: &[usize]) -> Sequences<Const<12>, f32, Cpu, Traced> {
            let (mask, off) = (Cpu::causal(self.tokens.weight.device(), ids.len()), &mut Dropout::off());
            let mut x = Cpu::embed(&self.tokens, &self.positions, ids, 1, Traced::default(), off);
            for block in &self.blocks.modules {
                x = Cpu::attend(x, &block.norm1, &block.attention, &mask, off);
                x = Cpu::think(x, &block.norm2, &block.feed_forward, off);
            }
            x
        }

        fn loss(&self, ids: &[usize]) -> Tensor<(), f32, Cpu, Traced> {
            let x = Cpu::layer_norm(self.stream(ids), &self.norm);
            Cpu::cross_entropy(Cpu::linear(x, &self.tokens.weight, None), ids, None)
        }
    }

    fn ids(seq: usize) -> Vec<usize> {
        (0..seq).map(|i| i * i % 11).collect()
    }

    /// The floating-point operations of the matrix products in `of`.
    fn counted<R>(of: impl FnOnce() -> R) -> (usize, R) {
        let before = matmul::tests::multiplied();
        let result = of();
        (2 * (matmul::tests::multiplied() - before), result)
    }

    #[test]
    fn the_formula_counts_the_products_that_are_multiplied() {
        let model = Model::new();
        for seq in [1, 2, 20, 32, 33, 70] {
            // The kernel computes scores and sums in blocks of 32 rows, each up to the block's last key:
            // what lies ahead within a block is computed and thrown away.
            let blocks = (0..seq).step_by(32).map(|start| (start, seq.min(start + 32)));
            let pairs: usize = blocks.map(|(start, end)| (end - start) * end).sum();
            let ahead = pairs - seq * (seq + 1) / 2;
            let a_pair = 4 * SHAPE.layers * SHAPE.model;
            let ids = ids(seq);
            let (forward, loss) = counted(|| model.loss(&ids));
            assert_eq!(forward, seq * SHAPE.flops_per_token(seq) + a_pair * ahead, "forward, {seq} tokens");
            let each: usize = (1..=seq).map(|keys| SHAPE.flops_at(keys)).sum();
            assert_eq!(each, seq * SHAPE.flops_per_token(seq), "the mean of all positions");
            // Backwards twice as many, and the scores, half of a pair's, are computed a second time.
            let (backward, _) = counted(|| loss.backward());
            assert_eq!(backward, 2 * forward + a_pair / 2 * pairs, "backward, {seq} tokens");
        }
        // By hand: 2 · (4 · 12² + 2 · 12 · 20) + 11 · 12 = 2,244 weights, and 2 · 2 · 12 numbers a key.
        assert_eq!(SHAPE.flops_at(5), 2 * (2244 + 48 * 5));
    }

    #[test]
    fn the_formula_counts_what_is_kept() {
        let model = Model::new();
        for seq in [1, 20, 70] {
            let ids = ids(seq);
            let x = model.stream(&ids);
            // What is kept goes back to the thread's list of free memory when the tape goes.
            let before = buffer::tests::free();
            drop(x);
            let kept = buffer::tests::free() - before;
            // Beside it each norm keeps one number a token: 1/σ.
            let scales = 2 * SHAPE.layers * seq;
            assert_eq!((kept - scales) * size_of::<f32>(), seq * SHAPE.kept_per_token(), "{seq} tokens");
        }
    }
}
