//! Reading many texts at once.
//!
//! Nearly all of a model works on each position alone: embedding, norms, linear layers,
//! feed-forward networks. They do not ask whose text a row is from. So the new tokens of all texts
//! are rows of one tensor, and a weight that was fetched from memory serves all of them.
//!
//! Only attention looks from one position to others, and these must be of the same text. It goes
//! text by text, each with the keys and values of its own: texts of any lengths need no filling up
//! and no mask.

use attention::scaled_dot_product::Sequences;
use deep_networks::{Dropout, Linear, numbers};
use dfdx::prelude::{ConstDim, NoneTape, ReshapeTo};
use gpt::{Gpt, Sizes};
use kernels::lanes::{dot, max, sum};
use kernels::{Kernels, Shareable};
use multi_head::MultiHeadAttention;
use neurons::exponential::exp;
use tensors::widest;

/// Keys and values of one text for the tokens that it has read, as plain numbers.
#[derive(Debug, Clone, Default)]
pub struct TextPast {
    /// For each block keys and values, both `(tokens, Model)`: the heads lie side by side.
    blocks: Vec<[Vec<f32>; 2]>,
    tokens: usize,
}

impl TextPast {
    /// How many tokens have been read.
    pub fn tokens(&self) -> usize {
        self.tokens
    }
}

/// Reads of each text some tokens after those that its past has read, one at least. The scores of
/// every token after the last, text after text: `(texts, Vocab)`.
///
/// # Panics
/// When there is no text, one has nothing to read or becomes longer than `Context`, or a token is
/// not smaller than `Vocab`.
pub fn read<S: Sizes, D: Kernels<f32> + Shareable>(
    model: &Gpt<S, f32, D>,
    texts: &mut [(&[usize], &mut TextPast)],
) -> Vec<f32> {
    let (mut ids, mut places, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for (new, past) in texts.iter_mut() {
        assert!(!new.is_empty(), "there is nothing to read");
        let before = past.tokens;
        past.tokens += new.len();
        past.blocks.resize_with(<S::Layers as ConstDim>::SIZE, Default::default);
        ids.extend_from_slice(new);
        places.extend(before..past.tokens);
        last.push(ids.len() - 1);
    }
    let mut x = model.positions.add_at(model.tokens.look_up(&ids, ids.len(), NoneTape), places);
    for (i, block) in model.blocks.modules.iter().enumerate() {
        let seen = attend(&block.attention, &D::layer_norm(x.clone(), &block.norm1), texts, i);
        x = D::think(x + seen, &block.norm2, &block.feed_forward, &mut Dropout::off());
    }
    // Only each text's last position is asked for its scores.
    let (width, stream) = (<S::Model as ConstDim>::SIZE, numbers(&x.contiguous()));
    let last: Vec<f32> = last.iter().flat_map(|row| &stream[row * width..][..width]).copied().collect();
    let last = model.tokens.weight.device().tensor_from_vec(last, (1, texts.len(), S::Model::default()));
    numbers(&model.scores(last).contiguous())
}

// ANCHOR: attend
/// Attention of the new positions, `(1, rows, Model)`, each to those of its own text up to itself.
fn attend<Model: ConstDim, Heads: ConstDim, HeadDim: ConstDim, D: Kernels<f32>>(
    layer: &MultiHeadAttention<Model, Heads, HeadDim, f32, D>,
    x: &Sequences<Model, f32, D, NoneTape>,
    texts: &mut [(&[usize], &mut TextPast)],
    block: usize,
) -> Sequences<Model, f32, D, NoneTape> {
    let project = |layer: &Linear<Model, Model, f32, D>, x: &Sequences<Model, f32, D, NoneTape>| {
        D::linear(x.clone(), &layer.weight, Some(&layer.bias))
    };
    let [queries, keys, values] =
        [&layer.query, &layer.key, &layer.value].map(|layer| numbers(&project(layer, x).contiguous()));
    let mut found = vec![0.0; queries.len()];
    let mut rows = (0..queries.len()).step_by(Model::SIZE).map(|at| at..at + Model::SIZE);
    for (new, past) in texts.iter_mut() {
        let [keys_so_far, values_so_far] = &mut past.blocks[block];
        for row in rows.by_ref().take(new.len()) {
            // A position is kept before it looks, and later ones after it: it sees what it may see.
            keys_so_far.extend_from_slice(&keys[row.clone()]);
            values_so_far.extend_from_slice(&values[row.clone()]);
            look(&queries[row.clone()], keys_so_far, values_so_far, HeadDim::SIZE, &mut found[row]);
        }
    }
    let (count, model) = (found.len() / Model::SIZE, Model::default());
    let found = layer.output.weight.device().tensor_from_vec(found, (1, count, model));
    project(&layer.output, &found)
}
// ANCHOR_END: attend

/// For each head what its query finds, Σ softmax(key · query / √head_dim) value over all positions,
/// added to `found`. The heads lie side by side: `found` and `query` are `(Model)`, keys and values
/// `(positions, Model)`.
fn look(query: &[f32], keys: &[f32], values: &[f32], head_dim: usize, found: &mut [f32]) {
    let (model, scale) = (query.len(), 1.0 / (head_dim as f32).sqrt());
    let mut weights = vec![0.0; keys.len() / model];
    widest!({
        for (head, found) in found.chunks_exact_mut(head_dim).enumerate() {
            let band = head * head_dim..(head + 1) * head_dim;
            for (weight, key) in weights.iter_mut().zip(keys.chunks_exact(model)) {
                *weight = dot(&query[band.clone()], &key[band.clone()]) * scale;
            }
            let largest = max(&weights);
            for weight in &mut weights {
                *weight = exp(*weight - largest);
            }
            let share = 1.0 / sum(&weights);
            for (weight, value) in weights.iter().zip(values.chunks_exact(model)) {
                for (found, value) in found.iter_mut().zip(&value[band.clone()]) {
                    *found += weight * share * value;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::initialise::initialise;
    use proptest::prelude::*;

    gpt::sizes!(Twelve { vocab: 11, context: 24, model: 12, heads: 3, head_dim: 4, hidden: 20, layers: 2 });

    /// A random model with embeddings so large that it looks at some positions more than at others.
    fn model() -> Gpt<Twelve> {
        let mut model = Gpt::<Twelve>::build(&Cpu::default());
        initialise(&mut model, 3);
        model.tokens.weight = model.tokens.weight * 40.0;
        model
    }

    /// Each text is a list of pieces.
    fn texts() -> impl Strategy<Value = Vec<Vec<Vec<usize>>>> {
        let piece = prop::collection::vec(0_usize..11, 1..7);
        prop::collection::vec(prop::collection::vec(piece, 1..5), 1..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn reading_in_pieces_beside_others_is_reading_alone_and_at_once(texts in texts()) {
            let model = model();
            let mut pasts = vec![TextPast::default(); texts.len()];
            for turn in 0..4 {
                // Texts of fewer pieces are not read any more, the others go on.
                let mut open: Vec<(&[usize], &mut TextPast)> = texts
                    .iter()
                    .zip(&mut pasts)
                    .filter_map(|(pieces, past)| Some((&pieces.get(turn)?[..], past)))
                    .collect();
                if open.is_empty() {
                    break;
                }
                let ours = read(&model, &mut open);
                let read_so_far =
                    texts.iter().filter(|pieces| pieces.len() > turn).map(|pieces| pieces[..=turn].concat());
                let alone: Vec<f32> = read_so_far
                    .flat_map(|ids| {
                        let scores = model.forward(&ids, 1, NoneTape, &mut Dropout::off());
                        scores.as_vec().split_off((ids.len() - 1) * 11)
                    })
                    .collect();
                prop_assert_eq!(ours.len(), alone.len());
                for (a, b) in ours.iter().zip(alone) {
                    // Scores of some units through two blocks in f32, with sums in another order.
                    prop_assert!((a - b).abs() < 1e-4, "{a} {b}");
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "only 24 were learned")]
    fn a_text_longer_than_the_context_is_refused() {
        let (model, mut past) = (model(), TextPast::default());
        read(&model, &mut [(&[1; 20], &mut past)]);
        read(&model, &mut [(&[1; 5], &mut past)]);
    }
}
