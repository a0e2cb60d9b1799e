//! The logit lens: what the model would say if it stopped here (nostalgebraist 2020).
//!
//! Every block reads the stream and adds to it, so the stream has the same form everywhere: the last norm
//! and the output can be put behind any half of a block, as if nothing came after it.

use deep_networks::Dropout;
use dfdx::prelude::NoneTape;
use gpt::evaluate::log_softmax;
use gpt::seen::Place;
use gpt::{Gpt, Sizes};
use kernels::Kernels;
use std::f64::consts::LN_2;

// ANCHOR: lens
/// The scores that the stream would have at every place, `(batch, seq, Vocab)`: behind the embedding,
/// and behind each half of each block. The last are the model's own.
pub fn lens<S: Sizes, D: Kernels<f32>>(
    model: &Gpt<S, f32, D>,
    tokens: &[usize],
    batch: usize,
) -> Vec<(Place, Vec<f32>)> {
    let mut seen = Vec::new();
    model.stream_seen(tokens, batch, NoneTape, &mut Dropout::off(), |place, x| {
        if !matches!(place, Place::Heads(_)) {
            seen.push((place, model.scores(x.clone()).as_vec()));
        }
        x
    });
    seen
}
// ANCHOR_END: lens

// ANCHOR: divergence
/// The Kullback-Leibler divergence D(p ‖ q) in bits: how many more a reader pays who believes q, the
/// softmax of `scores`, where p is the truth. `truth` lists the tokens that can come, with their p.
pub fn divergence(truth: &[(usize, f64)], scores: &[f32]) -> f64 {
    let log_q = log_softmax(scores);
    truth.iter().map(|&(token, p)| p * (p.ln() - log_q[token]) / LN_2).sum()
}
// ANCHOR_END: divergence

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hooks::{hooked, stream_places};
    use crate::small::{IDS, far, model};

    #[test]
    fn behind_the_last_block_the_lens_shows_what_the_model_says() {
        let model = model(1);
        let seen = lens(&model, &IDS, 2);
        assert_eq!(seen.iter().map(|(place, _)| *place).collect::<Vec<_>>(), stream_places(2));
        assert!(far(&seen[4].1, &hooked(&model, &IDS, 2, |_, _| ())) < 1e-5);
    }

    #[test]
    fn the_lens_at_a_place_is_what_a_model_says_whose_later_steps_add_nothing() {
        let full = model(2);
        for (kept, at) in [(0, 0), (1, 2)] {
            let mut cut = full.clone();
            for block in &mut cut.blocks.modules[kept..] {
                block.attention.output.weight.copy_from(&[0.0; 64]);
                block.attention.output.bias.copy_from(&[0.0; 8]);
                block.feed_forward.down.weight.copy_from(&[0.0; 128]);
                block.feed_forward.down.bias.copy_from(&[0.0; 8]);
            }
            let says = hooked(&cut, &IDS, 2, |_, _| ());
            assert!(far(&lens(&full, &IDS, 2)[at].1, &says) < 1e-5, "{kept} blocks");
        }
    }

    #[test]
    fn a_divergence_is_what_belief_costs_beyond_the_truth() {
        // q = ¼, ¼, ½ by scores; p = ½, ½, 0: D = 2 · ½ · log₂ 2 = 1 bit.
        let scores = [0.0, 0.0, 2_f32.ln()];
        assert!((divergence(&[(0, 0.5), (1, 0.5)], &scores) - 1.0).abs() < 1e-6);
        assert!(divergence(&[(0, 0.25), (1, 0.25), (2, 0.5)], &scores).abs() < 1e-6);
        assert!((divergence(&[(2, 1.0)], &scores) - 1.0).abs() < 1e-6, "of one token its bits");
    }
}
