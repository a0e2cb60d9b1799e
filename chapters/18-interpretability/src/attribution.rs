//! Direct logit attribution: which part of the model wrote a score.
//!
//! The stream is a sum: the vectors of token and position, and what each head and each feed-forward
//! network added. A score is a product with the stream behind the last norm. The norm is no linear
//! function, but once its mean and its variance are known it is one: subtract, divide, scale, shift. So
//! the score is a sum over the same parts (Elhage et al. 2021; the division is held fixed, as all who
//! do this hold it).

use crate::hooks::{Head, Kept};
use dfdx::prelude::{Const, ConstDim, Cpu};
use gpt::seen::Place;
use gpt::{Gpt, Sizes};
use kernels::Kernels;
use transformer::LayerNorm;

/// ε of the norm.
const EPSILON: f64 = LayerNorm::<Const<1>, f32, Cpu>::EPSILON;

/// What adds to the stream, or to the score behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The vector of the token at the position.
    Token,
    /// The vector of the position.
    Position,
    /// What a head found, through its part of W^O.
    Head(Head),
    /// The bias of a block's W^O, which belongs to no head.
    OutputBias(usize),
    /// A block's feed-forward network.
    FeedForward(usize),
    /// The bias of the last norm: the same for every text.
    NormBias,
}

/// The parts of a model of so many blocks with so many heads each, in the order of [`attribute`].
pub fn parts(blocks: usize, heads: usize) -> Vec<Part> {
    let of_block = |block| {
        let heads = (0..heads).map(move |head| Part::Head(Head { block, head }));
        heads.chain([Part::OutputBias(block), Part::FeedForward(block)])
    };
    let blocks = (0..blocks).flat_map(of_block);
    [Part::Token, Part::Position].into_iter().chain(blocks).chain([Part::NormBias]).collect()
}

/// What the score of `token` is the product with, behind the last norm: the token's vector. Or, where
/// `other` is given, by how much the score of `token` is above that of `other`.
///
/// # Panics
/// When there is no such token.
pub fn direction<S: Sizes, D: Kernels<f32>>(
    model: &Gpt<S, f32, D>,
    token: usize,
    other: Option<usize>,
) -> Vec<f32> {
    let (weight, width) = (model.tokens.weight.as_vec(), <S::Model as ConstDim>::SIZE);
    let vector = |token: usize| &weight[token * width..][..width];
    match other {
        None => vector(token).to_vec(),
        Some(other) => vector(token).iter().zip(vector(other)).map(|(a, b)| a - b).collect(),
    }
}

// ANCHOR: attribute
/// What each part adds to the product of `direction` with the normed stream at `position` of the text that
/// `tokens` are, of which `kept` is what passed: they sum to it.
///
/// # Panics
/// When there is no such position, or the direction is not as wide as the model.
pub fn attribute<S: Sizes, D: Kernels<f32>>(
    model: &Gpt<S, f32, D>,
    kept: &Kept,
    tokens: &[usize],
    position: usize,
    direction: &[f32],
) -> Vec<(Part, f64)> {
    let blocks = model.blocks.modules.len();
    let read = through_norm(
        &model.norm.gain.as_vec(),
        kept.vector(Place::Thought(blocks - 1), position),
        direction,
    );
    let width = direction.len();
    let row = |table: Vec<f32>, row: usize| dot(&table[row * width..][..width], &read);
    let mut parts = vec![
        (Part::Token, row(model.tokens.weight.as_vec(), tokens[position])),
        (Part::Position, row(model.positions.table.as_vec(), position)),
    ];
    for (i, block) in model.blocks.modules.iter().enumerate() {
        let output = &block.attention.output;
        let (weight, found) = (output.weight.as_vec(), kept.vector(Place::Heads(i), position));
        // What each number that the heads found adds: its column of W^O, read in the direction.
        let columns = (0..width).map(|column| {
            let through: f64 =
                (0..width).map(|out| f64::from(weight[out * width + column]) * read[out]).sum();
            through * f64::from(found[column])
        });
        let columns: Vec<f64> = columns.collect();
        for (head, numbers) in columns.chunks(<S::HeadDim as ConstDim>::SIZE).enumerate() {
            parts.push((Part::Head(Head { block: i, head }), numbers.iter().sum()));
        }
        parts.push((Part::OutputBias(i), dot(&output.bias.as_vec(), &read)));
        let [before, after] =
            [Place::Attended(i), Place::Thought(i)].map(|place| kept.vector(place, position));
        let added: Vec<f32> = before.iter().zip(after).map(|(before, after)| after - before).collect();
        parts.push((Part::FeedForward(i), dot(&added, &read)));
    }
    let direction: Vec<f64> = direction.iter().map(|&number| f64::from(number)).collect();
    parts.push((Part::NormBias, dot(&model.norm.bias.as_vec(), &direction)));
    parts
}
// ANCHOR_END: attribute

// ANCHOR: norm
/// What a vector is multiplied with *before* a layer norm in place of `direction` behind it, if the norm
/// has mean and variance from `stream`: gain, division and the mean's removal, moved to the other side.
pub fn through_norm(gain: &[f32], stream: &[f32], direction: &[f32]) -> Vec<f64> {
    let n = stream.len() as f64;
    let mean = stream.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
    let variance = stream.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / n;
    let scale = 1.0 / (variance + EPSILON).sqrt();
    let gained: Vec<f64> = gain.iter().zip(direction).map(|(g, d)| f64::from(*g) * f64::from(*d)).collect();
    let middle = gained.iter().sum::<f64>() / n;
    gained.iter().map(|x| (x - middle) * scale).collect()
}
// ANCHOR_END: norm

fn dot(a: &[f32], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hooks::hooked;
    use crate::small::{IDS, model};

    #[test]
    fn the_parts_sum_to_the_score_of_every_token_at_every_position() {
        for seed in 1..4 {
            let (model, text) = (model(seed), &IDS[..6]);
            let kept = Kept::of(&model, text, 1);
            let scores = hooked(&model, text, 1, |_, _| ());
            for position in 0..6 {
                for token in 0..12 {
                    let parts = attribute(&model, &kept, text, position, &direction(&model, token, None));
                    let named: Vec<Part> = parts.iter().map(|part| part.0).collect();
                    assert_eq!(named, super::parts(2, 2));
                    let (sum, score) =
                        (parts.iter().map(|part| part.1).sum::<f64>(), scores[position * 12 + token]);
                    assert!((sum - f64::from(score)).abs() < 1e-4, "{sum} {score}");
                }
            }
        }
    }

    #[test]
    fn a_difference_of_scores_falls_into_the_differences_of_parts() {
        let (model, text) = (model(4), &IDS[..6]);
        let kept = Kept::of(&model, text, 1);
        let of = |token, other| attribute(&model, &kept, text, 5, &direction(&model, token, other));
        let (one, two, both) = (of(3, None), of(8, None), of(3, Some(8)));
        for ((one, two), (part, both)) in one.iter().zip(&two).zip(both) {
            assert_eq!(one.0, part);
            assert!((one.1 - two.1 - both).abs() < 1e-6);
        }
    }

    #[test]
    fn a_head_that_is_silenced_adds_nothing() {
        let mut silent = model(5);
        let (text, head) = (&IDS[..6], Head { block: 1, head: 1 });
        let mut weight = silent.blocks.modules[1].attention.output.weight.as_vec();
        for row in weight.chunks_mut(8) {
            row[4..].fill(0.0);
        }
        silent.blocks.modules[1].attention.output.weight.copy_from(&weight);
        let part = |model: &Gpt<crate::small::Small>, part| {
            let parts = attribute(model, &Kept::of(model, text, 1), text, 4, &direction(model, 2, None));
            parts.into_iter().find(|other| other.0 == part).unwrap().1
        };
        assert_eq!(part(&silent, Part::Head(head)), 0.0);
        assert!(part(&model(5), Part::Head(head)).abs() > 1e-3);
    }
}
