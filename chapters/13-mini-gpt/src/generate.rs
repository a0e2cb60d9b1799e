//! Sampling: the model writes, one token at a time.
//!
//! The scores of the next token are divided by the **temperature** before the softmax: below 1 the likely becomes likelier, at 0 only the
//! likeliest is left. **Top-k** keeps the k highest scores (Fan et al. 2018). Chapter 14 adds more ways, and makes them fast.

use crate::model::LanguageModel;
use kernels::Kernels;
use rand::Rng;

/// How to choose the next token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampling {
    /// Softens (above 1) or sharpens (below 1) the distribution; 0 takes the likeliest token.
    pub temperature: f64,
    /// Only this many of the likeliest tokens can be drawn.
    pub top_k: Option<usize>,
}

impl Sampling {
    // ANCHOR: sample
    /// Draws a token from its scores.
    ///
    /// # Panics
    /// When there are no scores.
    pub fn draw(&self, logits: &[f32], rng: &mut impl Rng) -> usize {
        let mut order: Vec<usize> = (0..logits.len()).collect();
        // Ties go to the smaller id, so that the result does not depend on the sort.
        order.sort_by(|&a, &b| logits[b].total_cmp(&logits[a]).then(a.cmp(&b)));
        if self.temperature == 0.0 {
            return order[0];
        }
        order.truncate(self.top_k.unwrap_or(logits.len()).max(1));
        let best = f64::from(logits[order[0]]);
        let weight = |&id: &usize| ((f64::from(logits[id]) - best) / self.temperature).exp();
        let mut ticket = rng.r#gen::<f64>() * order.iter().map(weight).sum::<f64>();
        let drawn = order.iter().find(|id| {
            ticket -= weight(id);
            ticket < 0.0
        });
        *drawn.unwrap_or(&order[0])
    }
    // ANCHOR_END: sample
}

/// Continues `tokens` until `done` says so or `limit` tokens are written; returns the new ones. The model sees the last `context` tokens.
pub fn generate<M: LanguageModel<D>, D: Kernels<f32>>(
    model: &M,
    tokens: &[usize],
    context: usize,
    limit: usize,
    sampling: Sampling,
    rng: &mut impl Rng,
    mut done: impl FnMut(&[usize]) -> bool,
) -> Vec<usize> {
    let mut all = tokens.to_vec();
    for _ in 0..limit {
        let window = &all[all.len().saturating_sub(context)..];
        let next = sampling.draw(&model.next_logits(window), rng);
        all.push(next);
        if done(&all[tokens.len()..]) {
            break;
        }
    }
    all.split_off(tokens.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initialise::initialise;
    use crate::sizes::Tiny;
    use dfdx::prelude::{BuildModule, Cpu};
    use tensors::seeds;

    #[test]
    fn draws_follow_the_softmax() {
        let logits = [0.0, 1.0, 2.0, f32::NEG_INFINITY];
        let sampling = Sampling { temperature: 2.0, top_k: None };
        let mut counts = [0_f64; 4];
        let mut rng = seeds::generator(1);
        let n = 40_000;
        for _ in 0..n {
            counts[sampling.draw(&logits, &mut rng)] += 1.0 / f64::from(n);
        }
        let weights = [1.0, 0.5_f64.exp(), 1_f64.exp(), 0.0];
        let total: f64 = weights.iter().sum();
        for (count, weight) in counts.into_iter().zip(weights) {
            // Four standard errors of a share of 40,000 draws are at most 0.01.
            assert!((count - weight / total).abs() < 0.01, "{counts:?}");
        }
    }

    #[test]
    fn top_one_and_temperature_zero_take_the_likeliest() {
        let mut rng = seeds::generator(1);
        for sampling in
            [Sampling { temperature: 0.0, top_k: None }, Sampling { temperature: 1.5, top_k: Some(1) }]
        {
            assert_eq!(sampling.draw(&[0.1, 3.0, 3.0, -1.0], &mut rng), 1);
        }
    }

    #[test]
    fn the_same_seed_writes_the_same_text_beyond_the_context() {
        let mut model = Tiny::<Cpu>::build(&Cpu::default());
        initialise(&mut model, 1);
        let sampling = Sampling { temperature: 1.0, top_k: Some(40) };
        let write =
            |seed| generate(&model, &[1, 2, 3], 8, 20, sampling, &mut seeds::generator(seed), |_| false);
        assert_eq!(write(5).len(), 20);
        assert_eq!(write(5), write(5));
        assert_ne!(write(5), write(6));
    }
}
