//! The KV cache.
//!
//! In a causal model a position never sees a later one, so what was computed for it stays true when
//! the text grows. Of all that, later positions ask for two things: its keys and its values, in
//! every block. Keep them, and the next token costs one position's work, and a look at each key,
//! instead of the whole text anew.
//!
//! With learned positions the cache holds only while the text begins at the same place: when a full
//! window slides, every token gets another position, and all keys and values with it.

use attention::scaled_dot_product::{Sequences, weights_with_masks};
use deep_networks::{Dropout, Linear, numbers};
use dfdx::prelude::{
    Axis, ConstDim, Device, Dim, Dtype, NoneTape, ReshapeTo, Storage, Tensor, TryConcatAlong, TryMatMul,
};
use gpt::{Gpt, LanguageModel, Sizes};
use kernels::{Kernels, Shareable};
use language_models::Embedding;
use multi_head::{MultiHeadAttention, merge_heads, split_heads};
use positions::LearnedPositions;
use tensors::Real;
use transformer::Block;

/// The residual stream of new positions, `(1, new, Model)`.
pub(crate) type Stream<S, E, D> = Sequences<<S as Sizes>::Model, E, D, NoneTape>;
/// The attention of a block.
pub(crate) type Attention<S, E, D> =
    MultiHeadAttention<<S as Sizes>::Model, <S as Sizes>::Heads, <S as Sizes>::HeadDim, E, D>;

// ANCHOR: past
/// Keys or values of a block, `(Heads, tokens, HeadDim)`.
type Kept<S, E, D> = Sequences<<S as Sizes>::HeadDim, E, D, NoneTape>;

/// Keys and values of every block for the tokens read so far.
#[derive(Debug, Clone)]
pub struct Past<S: Sizes, E: Dtype, D: Storage<E>> {
    /// For each block keys and values; empty before the first token.
    blocks: Vec<[Kept<S, E, D>; 2]>,
    tokens: usize,
}

impl<S: Sizes, E: Dtype, D: Storage<E>> Past<S, E, D> {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self { blocks: Vec::new(), tokens: 0 }
    }

    /// How many tokens have been read.
    pub fn tokens(&self) -> usize {
        self.tokens
    }
}
// ANCHOR_END: past

impl<S: Sizes, E: Dtype, D: Storage<E>> Default for Past<S, E, D> {
    fn default() -> Self {
        Self::new()
    }
}

// ANCHOR: read
/// Reads `ids` after what `past` has read, and returns the residual stream behind the last block,
/// `(1, ids, Model)`.
///
/// # Panics
/// When `ids` is empty, an id is not smaller than `Vocab`, or the text becomes longer than
/// `Context`.
pub fn read<S: Sizes, E: Real, D: Kernels<E>>(
    tokens: &Embedding<S::Vocab, S::Model, E, D>,
    positions: &LearnedPositions<S::Context, S::Model, E, D>,
    blocks: &[Block<S, E, D>],
    ids: &[usize],
    past: &mut Past<S, E, D>,
) -> Stream<S, E, D> {
    let (device, before) = (tokens.weight.device(), past.tokens);
    past.tokens += ids.len();
    assert!(!ids.is_empty(), "there is nothing to read");
    let places = (before..past.tokens).collect();
    let x = positions.add_at(tokens.look_up(ids, ids.len(), NoneTape), places);
    let mask = (ids.len() > 1).then(|| mask(device, <S::Heads as ConstDim>::SIZE, ids.len(), before));
    through(blocks, x, |block, layer, x| attend(layer, x, past, block, mask.as_ref()))
}

/// The residual stream behind the last block, of what enters the first. To which positions the new
/// ones attend is up to `attend`, which is told the number of the block.
pub(crate) fn through<S: Sizes, E: Real, D: Kernels<E>>(
    blocks: &[Block<S, E, D>],
    mut x: Stream<S, E, D>,
    mut attend: impl FnMut(usize, &Attention<S, E, D>, Stream<S, E, D>) -> Stream<S, E, D>,
) -> Stream<S, E, D> {
    for (i, block) in blocks.iter().enumerate() {
        let seen = attend(i, &block.attention, D::layer_norm(x.clone(), &block.norm1));
        x = D::think(x + seen, &block.norm2, &block.feed_forward, &mut Dropout::off());
    }
    x
}

/// Attention of the new positions, `(1, new, Model)`, to those in the past and to each other.
fn attend<S: Sizes, E: Real, D: Kernels<E>>(
    layer: &Attention<S, E, D>,
    x: Stream<S, E, D>,
    past: &mut Past<S, E, D>,
    block: usize,
    mask: Option<&Tensor<(usize, usize, usize), E, D>>,
) -> Stream<S, E, D> {
    let head_sizes = layer.heads;
    let heads = |layer, x| split_heads(project(layer, x), head_sizes);
    let query = heads(&layer.query, x.clone()); // (Heads, new, HeadDim)
    let new = [heads(&layer.key, x.clone()), heads(&layer.value, x)];
    if let Some(old) = past.blocks.get_mut(block) {
        for (old, new) in old.iter_mut().zip(new) {
            *old = (old.clone(), new).concat_along(Axis::<1>); // (Heads, tokens, HeadDim)
        }
    } else {
        past.blocks.push(new);
    }
    let [key, value] = past.blocks[block].clone();
    let weights = weights_with_masks(query, key, mask.cloned()); // (Heads, new, tokens)
    project(&layer.output, merge_heads(weights.matmul(value), head_sizes))
}

/// x Wᵀ + b, by the device's own product.
pub(crate) fn project<In: ConstDim, Out: ConstDim, E: Real, D: Kernels<E>>(
    layer: &Linear<In, Out, E, D>,
    x: Sequences<In, E, D, NoneTape>,
) -> Sequences<Out, E, D, NoneTape> {
    D::linear(x, &layer.weight, Some(&layer.bias))
}
// ANCHOR_END: read

// ANCHOR: cached
/// A language model that need not read a text anew when a token is added.
pub trait Cached<D: Kernels<f32>>: LanguageModel<D> {
    /// What it keeps of tokens that it has read.
    type Past: Default + Clone;

    /// Reads `tokens` after those that `past` has read: the scores of every token after the last.
    fn read(&self, tokens: &[usize], past: &mut Self::Past) -> Vec<f32>;
}
// ANCHOR_END: cached

impl<S: Sizes, D: Kernels<f32> + Shareable> Cached<D> for Gpt<S, f32, D> {
    type Past = Past<S, f32, D>;

    fn read(&self, tokens: &[usize], past: &mut Self::Past) -> Vec<f32> {
        let x = read(&self.tokens, &self.positions, &self.blocks.modules, tokens, past);
        scores_at(self, &x, &[tokens.len() - 1])
    }
}

/// The scores of the token after each of `rows` of the stream, `(rows, Vocab)`: no others are asked for.
pub(crate) fn scores_at<S: Sizes, D: Kernels<f32> + Shareable>(
    model: &Gpt<S, f32, D>,
    x: &Stream<S, f32, D>,
    rows: &[usize],
) -> Vec<f32> {
    let (width, stream) = (S::Model::default(), numbers(&x.clone().contiguous()));
    let asked =
        rows.iter().flat_map(|row| &stream[row * width.size()..][..width.size()]).copied().collect();
    numbers(&model.scores(model.device().tensor_from_vec(asked, (1, rows.len(), width))).contiguous())
}

/// New position i sees the past and the new ones up to itself: 0 there and −∞ elsewhere,
/// `(Heads, new, before + new)`.
fn mask<E: Real, D: Device<E>>(
    device: &D,
    heads: usize,
    new: usize,
    before: usize,
) -> Tensor<(usize, usize, usize), E, D> {
    let row = |i: usize| {
        (0..before + new).map(move |j| E::of(if j <= before + i { 0.0 } else { f64::NEG_INFINITY }))
    };
    let numbers = (0..heads).flat_map(|_| (0..new).flat_map(row)).collect();
    device.tensor_from_vec(numbers, (heads, new, before + new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::Repeated;
    use dfdx::prelude::{BuildModule, Const, Cpu, SampleTensor};
    use proptest::prelude::*;

    gpt::sizes!(Six { vocab: 11, context: 24, model: 6, heads: 3, head_dim: 2, hidden: 10, layers: 2 });

    type Model<E> = (
        Embedding<Const<11>, Const<6>, E, Cpu>,
        LearnedPositions<Const<24>, Const<6>, E, Cpu>,
        Repeated<Block<Six, E, Cpu>, Const<2>>,
    );

    fn model<E: Real>() -> Model<E>
    where
        Cpu: Kernels<E>,
        rand_distr::StandardNormal: rand_distr::Distribution<E>,
    {
        let dev = Cpu::seed_from_u64(7);
        let tokens = Embedding { weight: dev.sample_normal() };
        (tokens, BuildModule::build(&dev), BuildModule::build(&dev))
    }

    /// The stream behind the last block, computed at once.
    fn at_once<E: Real>((tokens, positions, blocks): &Model<E>, ids: &[usize]) -> Vec<E>
    where
        Cpu: Kernels<E>,
    {
        let (mask, off) = (Cpu::causal(tokens.weight.device(), ids.len()), &mut Dropout::off());
        let mut x = Cpu::embed(tokens, positions, ids, 1, NoneTape, off);
        for block in &blocks.modules {
            x = Cpu::attend(x, &block.norm1, &block.attention, &mask, off);
            x = Cpu::think(x, &block.norm2, &block.feed_forward, off);
        }
        x.as_vec()
    }

    fn piece_by_piece<E: Real>((tokens, positions, blocks): &Model<E>, pieces: &[Vec<usize>]) -> Vec<E>
    where
        Cpu: Kernels<E>,
    {
        let mut past = Past::new();
        let read = |ids: &Vec<usize>| read(tokens, positions, &blocks.modules, ids, &mut past).as_vec();
        pieces.iter().flat_map(read).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn reading_in_pieces_is_reading_at_once(
            pieces in prop::collection::vec(prop::collection::vec(0_usize..11, 1..6), 1..5),
        ) {
            let ids = pieces.concat();
            let (ours, whole) = (piece_by_piece(&model::<f64>(), &pieces), at_once(&model::<f64>(), &ids));
            prop_assert_eq!(ours.len(), whole.len());
            for (a, b) in ours.iter().zip(whole) {
                prop_assert!((a - b).abs() < 1e-12, "{a} {b}");
            }
            let (ours, whole) = (piece_by_piece(&model::<f32>(), &pieces), at_once(&model::<f32>(), &ids));
            prop_assert_eq!(ours.len(), whole.len());
            for (a, b) in ours.iter().zip(whole) {
                // Numbers of some units through two blocks in f32.
                prop_assert!((a - b).abs() < 1e-4, "{a} {b}");
            }
        }
    }

    #[test]
    #[should_panic(expected = "only 24 were learned")]
    fn a_text_longer_than_the_context_is_refused() {
        piece_by_piece(&model::<f64>(), &[vec![1; 20], vec![1; 5]]);
    }
}
