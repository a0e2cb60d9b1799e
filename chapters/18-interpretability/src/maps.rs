//! Attention maps: how much each head of each block looks from each position at each other
//! (Bahdanau et al. 2015 drew the first; Vaswani et al. 2017 those of heads).
//!
//! The kernels of chapter 12 compute attention without ever holding these weights. So they are computed
//! again here from what went into each block, operation by operation.

use crate::hooks::Head;
use deep_networks::Dropout;
use dfdx::prelude::{ConstDim, NoneTape};
use gpt::seen::Place;
use gpt::{Gpt, Sizes};
use kernels::Kernels;

/// The weights of all heads over some sequences of equal length.
#[derive(Debug, Clone)]
pub struct Maps {
    /// Of each block, `(batch · heads, seq, seq)`.
    blocks: Vec<Vec<f32>>,
    heads: usize,
    /// Tokens in a sequence.
    seq: usize,
}

impl Maps {
    // ANCHOR: maps
    /// The maps of `batch` sequences of tokens, one after the other.
    pub fn of<S: Sizes, D: Kernels<f32>>(model: &Gpt<S, f32, D>, tokens: &[usize], batch: usize) -> Self {
        let (device, seq) = (model.tokens.weight.device(), tokens.len() / batch);
        let masks = D::causal(device, seq).masks(device, batch, seq);
        let mut blocks = Vec::new();
        model.stream_seen(tokens, batch, NoneTape, &mut Dropout::off(), |place, x| {
            // Which block reads this next?
            let reader = match place {
                Place::Embedded => 0,
                Place::Thought(block) => block + 1,
                Place::Heads(_) | Place::Attended(_) => return x,
            };
            if let Some(block) = model.blocks.modules.get(reader) {
                let y = block.norm1.norm(x.clone());
                blocks.push(block.attention.weights(y.clone(), y, Some(&masks)).as_vec());
            }
            x
        });
        Self { blocks, heads: <S::Heads as ConstDim>::SIZE, seq }
    }
    // ANCHOR_END: maps

    /// Maps that are given, for tests: of each block `(heads, seq, seq)`.
    #[cfg(test)]
    pub(crate) fn made(heads: usize, seq: usize, blocks: Vec<Vec<f32>>) -> Self {
        Self { blocks, heads, seq }
    }

    /// How much `head` looks from `position` of a sequence at each of its positions: they sum to 1.
    ///
    /// # Panics
    /// When there is no such head, sequence or position.
    pub fn row(&self, head: Head, sequence: usize, position: usize) -> &[f32] {
        assert!(head.head < self.heads && position < self.seq, "no head or no position of that number");
        let row = (sequence * self.heads + head.head) * self.seq + position;
        &self.blocks[head.block][row * self.seq..][..self.seq]
    }

    /// All rows of a head over a sequence.
    ///
    /// # Panics
    /// When there is no such head or sequence.
    pub fn of_head(&self, head: Head, sequence: usize) -> Vec<&[f32]> {
        (0..self.seq).map(|position| self.row(head, sequence, position)).collect()
    }

    /// All heads, in order.
    pub fn heads(&self) -> Vec<Head> {
        Head::all(self.blocks.len(), self.heads)
    }

    /// Tokens in a sequence.
    pub fn seq(&self) -> usize {
        self.seq
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hooks::Kept;
    use crate::small::{IDS, far, model};

    #[test]
    fn each_row_shares_out_one_and_nothing_to_the_future() {
        let maps = Maps::of(&model(1), &IDS, 2);
        assert_eq!((maps.heads().len(), maps.seq()), (4, 6));
        for head in maps.heads() {
            for sequence in 0..2 {
                for (position, row) in maps.of_head(head, sequence).into_iter().enumerate() {
                    assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
                    assert!(row[position + 1..].iter().all(|&weight| weight == 0.0));
                }
            }
        }
    }

    #[test]
    fn what_a_head_found_is_the_mean_of_the_values_under_its_map() {
        let model = model(2);
        let (maps, kept) = (Maps::of(&model, &IDS, 2), Kept::of(&model, &IDS, 2));
        for (block, before) in [(0, Place::Embedded), (1, Place::Thought(0))] {
            // The values of all tokens, in plain loops: v = W^V norm(x) + b.
            let layer = &model.blocks.modules[block];
            let (gain, shift) = (layer.norm1.gain.as_vec(), layer.norm1.bias.as_vec());
            let (weight, bias) =
                (layer.attention.value.weight.as_vec(), layer.attention.value.bias.as_vec());
            let value = |token: usize| -> Vec<f32> {
                let x = kept.vector(before, token);
                let mean = x.iter().sum::<f32>() / 8.0;
                let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 8.0;
                let normed: Vec<f32> =
                    (0..8).map(|i| (x[i] - mean) / (variance + 1e-5).sqrt() * gain[i] + shift[i]).collect();
                let row = |out: usize| {
                    weight[out * 8..][..8].iter().zip(&normed).map(|(w, x)| w * x).sum::<f32>()
                };
                (0..8).map(|out| row(out) + bias[out]).collect()
            };
            for token in 0..IDS.len() {
                let (sequence, position) = (token / 6, token % 6);
                let found: Vec<f32> = (0..8)
                    .map(|out| {
                        let row = maps.row(Head { block, head: out / 4 }, sequence, position);
                        (0..6).map(|other| row[other] * value(sequence * 6 + other)[out]).sum()
                    })
                    .collect();
                assert!(far(&found, kept.vector(Place::Heads(block), token)) < 1e-4);
            }
        }
    }
}
