//! Reading many texts at once.
//!
//! Nearly all of a model works on each position alone: embedding, norms, linear layers,
//! feed-forward networks. They do not ask whose text a row is from. So the new tokens of all texts
//! are rows of one tensor, and a weight that was fetched from memory serves all of them.
//!
//! Only attention looks from one position to others, and these must be of the same text. It goes
//! text by text, each with the keys and values of its own: texts of any lengths need no filling up
//! and no mask.

use crate::cache::{Attention, Stream, project, scores_at, through};
use crate::head_past::HeadPast;
use deep_networks::numbers;
use dfdx::prelude::{ConstDim, NoneTape, ReshapeTo};
use gpt::{Gpt, Sizes};
use kernels::{Kernels, Shareable};

/// Keys and values of one text for the tokens that it has read, as plain numbers.
#[derive(Debug, Clone, Default)]
pub struct TextPast {
    /// For each block those of each head.
    blocks: Vec<Vec<HeadPast>>,
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
    let (layers, heads) = (<S::Layers as ConstDim>::SIZE, <S::Heads as ConstDim>::SIZE);
    let (mut ids, mut places, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for (new, past) in texts.iter_mut() {
        assert!(!new.is_empty(), "there is nothing to read");
        let before = past.tokens;
        past.tokens += new.len();
        past.blocks.resize_with(layers, || vec![HeadPast::default(); heads]);
        ids.extend_from_slice(new);
        places.extend(before..past.tokens);
        last.push(ids.len() - 1);
    }
    let x = model.positions.add_at(model.tokens.look_up(&ids, ids.len(), NoneTape), places);
    let x = through(&model.blocks.modules, x, |block, layer, x| attend::<S, D>(layer, &x, texts, block));
    scores_at(model, &x, &last)
}

// ANCHOR: attend
/// Attention of the new positions, `(1, rows, Model)`, each to those of its own text up to itself.
fn attend<S: Sizes, D: Kernels<f32>>(
    layer: &Attention<S, f32, D>,
    x: &Stream<S, f32, D>,
    texts: &mut [(&[usize], &mut TextPast)],
    block: usize,
) -> Stream<S, f32, D> {
    let of_heads = |layer| numbers(&project(layer, x.clone()).contiguous());
    let [queries, keys, values] = [&layer.query, &layer.key, &layer.value].map(of_heads);
    let (mut found, mut weights) = (vec![0.0; queries.len()], Vec::new());
    // The heads of a row lie side by side.
    let head_dim = <S::HeadDim as ConstDim>::SIZE;
    let mut bands = (0..found.len()).step_by(head_dim).map(|at| at..at + head_dim);
    for (new, past) in texts.iter_mut() {
        for _ in *new {
            for (head, band) in past.blocks[block].iter_mut().zip(bands.by_ref()) {
                // A position is kept before it looks, and later ones after it: it sees what it may see.
                head.keep(&keys[band.clone()], &values[band.clone()]);
                head.look(&queries[band.clone()], &mut weights, &mut found[band]);
            }
        }
    }
    let (rows, model) = (found.len() / <S::Model as ConstDim>::SIZE, S::Model::default());
    project(&layer.output, layer.output.weight.device().tensor_from_vec(found, (1, rows, model)))
}
// ANCHOR_END: attend

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::Dropout;
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
