//! One stack of blocks, two trainings: to guess hidden characters from both sides, as BERT does, or
//! the next one from the left, as GPT does.

use crate::{Block, Design, LayerNorm, Masks, Sizes};
use deep_networks::{Dropout, Linear, Repeated, cross_entropy, parameters};
use dfdx::prelude::{
    Dtype, GatherTo, Module, PutTape, Rank0, ReshapeTo, SplitTape, Storage, Tape, Tensor, TensorFromVec,
};
use language_models::Embedding;
use multi_head::padding_masks;
use neurons::gelu::Gelu;
use positions::LearnedPositions;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tensors::Real;

/// What stands for a hidden token: a control character that no text has.
pub const HIDDEN_TOKEN: usize = 1;

// ANCHOR: masked
/// Hides a part of a text: about `share` of its tokens, and at least one. Returns the text with
/// gaps, and the places of the gaps.
///
/// # Panics
/// When the text is empty.
pub fn hide(text: &[usize], share: f64, rng: &mut ChaCha8Rng) -> (Vec<usize>, Vec<usize>) {
    let mut gaps: Vec<usize> = (0..text.len()).filter(|_| rng.gen_bool(share)).collect();
    if gaps.is_empty() {
        gaps.push(rng.gen_range(0..text.len() as u32) as usize);
    }
    let mut with_gaps = text.to_vec();
    for &gap in &gaps {
        with_gaps[gap] = HIDDEN_TOKEN;
    }
    (with_gaps, gaps)
}
// ANCHOR_END: masked

// ANCHOR: stack
/// Tokens, positions, blocks, a last norm, scores for a token at every position.
#[derive(Debug, Clone)]
pub struct Stack<S: Sizes, E: Dtype, D: Storage<E>> {
    /// A vector for each token.
    pub embedding: Embedding<S::Vocab, S::Model, E, D>,
    /// A vector for each position.
    pub positions: LearnedPositions<S::Context, S::Model, E, D>,
    /// The blocks.
    pub blocks: Repeated<Block<S, E, D>, S::Layers>,
    /// The last norm.
    pub norm: LayerNorm<S::Model, E, D>,
    /// To the scores.
    pub output: Linear<S::Model, S::Vocab, E, D>,
}

impl<S: Sizes, E: Real, D: Gelu<E>> Stack<S, E, D> {
    /// Draws every matrix with the deviation √(2 / inputs); biases start at 0 and the gains of
    /// norms at 1.
    pub fn initialise(&mut self, seed: u64) {
        deep_networks::initialise(self, seed);
        let norms = self.blocks.modules.iter_mut().flat_map(|block| [&mut block.norm1, &mut block.norm2]);
        norms.chain([&mut self.norm]).for_each(|norm| norm.gain.fill_with_ones());
    }

    /// The scores at every position of rows of `seq` tokens, `(rows · seq, Vocab)`. `causal` makes
    /// it a GPT; otherwise it is a BERT.
    ///
    /// # Panics
    /// When `tokens` are not whole rows, or longer than `Context`.
    pub fn forward<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        seq: usize,
        causal: bool,
        tape: T,
    ) -> Tensor<(usize, S::Vocab), E, D, T> {
        let (device, rows) = (self.embedding.weight.device(), tokens.len() / seq);
        let mut x = self.positions.add(self.embedding.look_up(tokens, seq, tape));
        let masks: Option<Masks<E, D>> =
            causal.then(|| padding_masks(device, &vec![seq; rows], seq, seq, true));
        for block in &self.blocks.modules {
            x = block.encode(x, masks.as_ref(), Design::default(), &mut Dropout::off());
        }
        self.output.forward(self.norm.norm(x).reshape_like(&(rows * seq, S::Model::default())))
    }

    /// GPT's loss: the next token at every position. `rows` holds whole rows of `seq` + 1 tokens.
    pub fn next_loss<T: Tape<E, D>>(&self, rows: &[usize], seq: usize, tape: T) -> Tensor<Rank0, E, D, T> {
        let inputs: Vec<usize> = rows.chunks(seq + 1).flat_map(|row| &row[..seq]).copied().collect();
        let targets: Vec<usize> = rows.chunks(seq + 1).flat_map(|row| &row[1..]).copied().collect();
        cross_entropy(self.forward(&inputs, seq, true, tape), &targets)
    }

    /// BERT's loss: the tokens that were hidden, 15 % of them. `rows` holds whole rows of `seq`
    /// tokens.
    pub fn masked_loss<T: Tape<E, D>>(
        &self,
        rows: &[usize],
        seq: usize,
        tape: T,
        rng: &mut ChaCha8Rng,
    ) -> Tensor<Rank0, E, D, T> {
        let (with_gaps, gaps) = hide(rows, 0.15, rng);
        let targets: Vec<usize> = gaps.iter().map(|&gap| rows[gap]).collect();
        let (scores, tape) = self.forward(&with_gaps, seq, false, tape).split_tape();
        let gaps =
            TensorFromVec::<usize>::tensor_from_vec(self.embedding.weight.device(), gaps, (targets.len(),));
        cross_entropy(scores.put_tape(tape).gather(gaps), &targets)
    }
}
// ANCHOR_END: stack

parameters!(Stack<S: Sizes> { embedding, positions, blocks, norm, output });

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::gradient_check::worst_error;
    use dfdx::prelude::{BuildModule, Cpu, NoneTape};
    use tensors::seeds;

    crate::sizes!(Few { vocab: 9, context: 6, model: 4, heads: 2, head_dim: 2, hidden: 8, layers: 1 });
    type Small = Stack<Few, f64, Cpu>;

    fn small() -> Small {
        let mut model = Small::build(&Cpu::default());
        model.initialise(1);
        model
    }

    #[test]
    fn a_bert_sees_both_sides_and_a_gpt_the_left_one() {
        let model = small();
        let change = |causal| {
            let [a, b] = [[2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 8]]
                .map(|text| model.forward(&text, 6, causal, NoneTape).as_vec());
            a[..9] != b[..9]
        };
        assert!(!change(true) && change(false));
    }

    #[test]
    fn hidden_tokens_are_hidden_and_the_rest_is_left() {
        let text = [2, 3, 4, 5, 6, 7];
        let mut rng = seeds::generator(1);
        for share in [0.0, 0.15, 0.5] {
            let (with_gaps, gaps) = hide(&text, share, &mut rng);
            assert!(!gaps.is_empty());
            for i in 0..6 {
                assert_eq!(with_gaps[i], if gaps.contains(&i) { HIDDEN_TOKEN } else { text[i] });
            }
        }
    }

    #[test]
    fn gradients_equal_central_differences() {
        let model = small();
        let error = worst_error(&model.blocks.modules[0].feed_forward.up.weight, |weight| {
            let (weight, tape) = weight.split_tape();
            let mut model = model.clone();
            model.blocks.modules[0].feed_forward.up.weight = weight;
            model.masked_loss(&[2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2], 6, tape, &mut seeds::generator(1))
        });
        assert!(error < 1e-8, "{error}");
    }
}
