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
use deep_networks::Dropout;
use dfdx::nn::modules::Linear;
use dfdx::prelude::{
    Axis, Const, Device, Dtype, GatherTo, NoneTape, Rank2, Storage, Tensor, TensorFromVec, TryConcatAlong,
    TryMatMul,
};
use gpt::{Gpt, LanguageModel};
use kernels::{Kernels, Shareable};
use multi_head::{MultiHeadAttention, merge_heads, split_heads};
use positions::LearnedPositions;
use tensors::Real;
use transformer::Block;

// ANCHOR: past
/// Keys and values of every block for the tokens read so far.
#[derive(Debug, Clone)]
pub struct Past<const HEAD_DIM: usize, E: Dtype, D: Storage<E>> {
    /// For each block keys and values, `(HEADS, tokens, HEAD_DIM)`; empty before the first token.
    blocks: Vec<[Sequences<HEAD_DIM, E, D, NoneTape>; 2]>,
    tokens: usize,
}

impl<const HEAD_DIM: usize, E: Dtype, D: Storage<E>> Past<HEAD_DIM, E, D> {
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

impl<const HEAD_DIM: usize, E: Dtype, D: Storage<E>> Default for Past<HEAD_DIM, E, D> {
    fn default() -> Self {
        Self::new()
    }
}

// ANCHOR: read
/// Reads `ids` after what `past` has read, and returns the residual stream behind the last block,
/// `(1, ids, MODEL)`.
///
/// # Panics
/// When `ids` is empty, an id is not smaller than `VOCAB`, or the text becomes longer than
/// `CONTEXT`.
pub fn read<
    const VOCAB: usize,
    const CONTEXT: usize,
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const HIDDEN: usize,
    E: Real,
    D: Kernels<E>,
>(
    tokens: &Tensor<Rank2<VOCAB, MODEL>, E, D>,
    positions: &LearnedPositions<CONTEXT, MODEL, E, D>,
    blocks: &[Block<MODEL, HEADS, HEAD_DIM, HIDDEN, E, D>],
    ids: &[usize],
    past: &mut Past<HEAD_DIM, E, D>,
) -> Sequences<MODEL, E, D, NoneTape> {
    let (device, before) = (tokens.device(), past.tokens);
    past.tokens += ids.len();
    assert!(!ids.is_empty(), "there is nothing to read");
    assert!(past.tokens <= CONTEXT, "{} positions, but only {CONTEXT} were learned", past.tokens);
    let rows =
        |ids: Vec<usize>| TensorFromVec::<usize>::tensor_from_vec(device, ids, (1, past.tokens - before));
    let places = rows((before..past.tokens).collect());
    let mut x = tokens.clone().gather(rows(ids.to_vec())) + positions.table.clone().gather(places);
    let mask = (ids.len() > 1).then(|| mask::<HEADS, E, D>(device, ids.len(), before));
    for (i, block) in blocks.iter().enumerate() {
        let seen = attend(&block.attention, D::layer_norm(x.clone(), &block.norm1), past, i, mask.as_ref());
        x = D::think(x + seen, &block.norm2, &block.feed_forward, &mut Dropout::off());
    }
    x
}

/// Attention of the new positions, `(1, new, MODEL)`, to those in the past and to each other.
fn attend<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize, E: Real, D: Kernels<E>>(
    layer: &MultiHeadAttention<MODEL, HEADS, HEAD_DIM, E, D>,
    x: Sequences<MODEL, E, D, NoneTape>,
    past: &mut Past<HEAD_DIM, E, D>,
    block: usize,
    mask: Option<&Tensor<(usize, usize, usize), E, D>>,
) -> Sequences<MODEL, E, D, NoneTape> {
    let project = |layer: &Linear<MODEL, MODEL, E, D>, x| D::linear(x, &layer.weight, Some(&layer.bias));
    let heads = |layer, x| split_heads::<MODEL, HEADS, HEAD_DIM, E, D, NoneTape>(project(layer, x));
    let query = heads(&layer.query, x.clone()); // (HEADS, new, HEAD_DIM)
    let new = [heads(&layer.key, x.clone()), heads(&layer.value, x)];
    if let Some(old) = past.blocks.get_mut(block) {
        for (old, new) in old.iter_mut().zip(new) {
            *old = (old.clone(), new).concat_along(Axis::<1>); // (HEADS, tokens, HEAD_DIM)
        }
    } else {
        past.blocks.push(new);
    }
    let [key, value] = past.blocks[block].clone();
    let weights = weights_with_masks(query, key, mask.cloned()); // (HEADS, new, tokens)
    project(&layer.output, merge_heads::<MODEL, HEADS, HEAD_DIM, E, D, NoneTape>(weights.matmul(value)))
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

impl<
    const VOCAB: usize,
    const CONTEXT: usize,
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const HIDDEN: usize,
    const LAYERS: usize,
    D: Kernels<f32> + Shareable,
> Cached<D> for Gpt<VOCAB, CONTEXT, MODEL, HEADS, HEAD_DIM, HIDDEN, LAYERS, f32, D>
{
    type Past = Past<HEAD_DIM, f32, D>;

    fn read(&self, tokens: &[usize], past: &mut Self::Past) -> Vec<f32> {
        let x = read(&self.tokens.weight, &self.positions, &self.blocks.modules, tokens, past);
        // Only the last position's scores are asked for.
        let last = x.as_vec().split_off((tokens.len() - 1) * MODEL);
        self.scores(self.device().tensor_from_vec(last, (1, 1, Const))).as_vec()
    }
}

/// New position i sees the past and the new ones up to itself: 0 there and −∞ elsewhere,
/// `(HEADS, new, before + new)`.
fn mask<const HEADS: usize, E: Real, D: Device<E>>(
    device: &D,
    new: usize,
    before: usize,
) -> Tensor<(usize, usize, usize), E, D> {
    let row = |i: usize| {
        (0..before + new).map(move |j| E::of(if j <= before + i { 0.0 } else { f64::NEG_INFINITY }))
    };
    let numbers = (0..HEADS).flat_map(|_| (0..new).flat_map(row)).collect();
    device.tensor_from_vec(numbers, (HEADS, new, before + new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::nn::modules::Repeated;
    use dfdx::prelude::{BuildModule, Cpu, SampleTensor};
    use proptest::prelude::*;

    type Model<E> = (
        Tensor<Rank2<11, 6>, E, Cpu>,
        LearnedPositions<24, 6, E, Cpu>,
        Repeated<Block<6, 3, 2, 10, E, Cpu>, 2>,
    );

    fn model<E: Real>() -> Model<E>
    where
        Cpu: Kernels<E>,
        rand_distr::StandardNormal: rand_distr::Distribution<E>,
    {
        let dev = Cpu::seed_from_u64(7);
        (dev.sample_normal(), BuildModule::build(&dev), BuildModule::build(&dev))
    }

    /// The stream behind the last block, computed at once.
    fn at_once<E: Real>((tokens, positions, blocks): &Model<E>, ids: &[usize]) -> Vec<E>
    where
        Cpu: Kernels<E>,
    {
        let (mask, off) = (Cpu::causal(tokens.device(), ids.len()), &mut Dropout::off());
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
