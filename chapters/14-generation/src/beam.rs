//! Beam search: instead of drawing token by token, look for the likeliest whole continuation.
//!
//! It keeps the `width` likeliest beginnings, continues each by every token, and keeps the best of
//! all these, as chapter 11 did for translations. There the likeliest text is what one wants. A
//! story is another matter: see the page.

use crate::cache::Cached;
use crate::writer::Writer;
use gpt::evaluate::log_softmax;
use kernels::Kernels;

// ANCHOR: beam
/// A continuation.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its tokens.
    pub tokens: Vec<usize>,
    /// The logarithm of its probability, in nats.
    pub log_p: f64,
    /// Whether it came to its end before the limit.
    pub ended: bool,
}

/// The likeliest continuation that a beam of `width` finds: until `end` says that one has ended and
/// no other can still pass it, or until they have `limit` tokens.
///
/// # Panics
/// When `width` is 0.
pub fn beam_search<M: Cached<D>, D: Kernels<f32>>(
    writer: Writer<'_, M, D>,
    width: usize,
    limit: usize,
    end: impl Fn(&[usize]) -> bool,
) -> Found {
    assert!(width > 0, "a beam holds at least one beginning");
    let start = writer.text().len();
    let mut open = vec![(writer, 0.0)];
    let mut best: Option<Found> = None;
    for length in 0..limit {
        let mut longer: Vec<(f64, usize, usize)> = Vec::new(); // its log p, which beginning, the next token
        for (i, (writer, log_p)) in open.iter_mut().enumerate() {
            let tokens = log_softmax(&writer.logits());
            longer.extend(tokens.into_iter().enumerate().map(|(token, p)| (*log_p + p, i, token)));
        }
        longer.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        longer.truncate(width);
        let mut kept = Vec::new();
        for (log_p, i, token) in longer {
            let mut writer = open[i].0.clone();
            writer.push(token);
            let ended = end(&writer.text()[start..]);
            if !ended && length + 1 < limit {
                kept.push((writer, log_p));
            } else if best.as_ref().is_none_or(|best| log_p > best.log_p) {
                best = Some(Found { tokens: writer.text()[start..].to_vec(), log_p, ended });
            }
        }
        open = kept;
        // A probability only falls with every token.
        if open.first().is_none_or(|(_, log_p)| best.as_ref().is_some_and(|best| best.log_p >= *log_p)) {
            break;
        }
    }
    best.unwrap_or(Found { tokens: Vec::new(), log_p: 0.0, ended: false })
}
// ANCHOR_END: beam

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::Sampling;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::Gpt;
    use gpt::initialise::initialise;
    use tensors::seeds;

    gpt::sizes!(FiveTokens {
        vocab: 5,
        context: 8,
        model: 8,
        heads: 2,
        head_dim: 4,
        hidden: 16,
        layers: 1
    });

    /// A model of five tokens whose scores are far apart.
    type Five = Gpt<FiveTokens>;

    fn model(seed: u64) -> Five {
        let mut model = Five::build(&Cpu::default());
        initialise(&mut model, seed);
        model.tokens.weight = model.tokens.weight * 40.0;
        model
    }

    /// The log probability of `tokens` after `text`.
    fn log_p(model: &Five, text: &[usize], tokens: &[usize]) -> f64 {
        let mut writer = Writer::new(model, 8, text.to_vec());
        let mut next = |token: &usize| {
            let p = log_softmax(&writer.logits())[*token];
            writer.push(*token);
            p
        };
        tokens.iter().map(&mut next).sum()
    }

    #[test]
    fn a_beam_wide_enough_finds_the_likeliest_of_all() {
        for seed in 0..5 {
            let model = model(seed);
            let found = beam_search(Writer::new(&model, 8, vec![1]), 125, 4, |_| false);
            let all = (0..625).map(|n| [n / 125, n / 25 % 5, n / 5 % 5, n % 5]);
            let best = all.map(|tokens| log_p(&model, &[1], &tokens)).fold(f64::NEG_INFINITY, f64::max);
            assert!((found.log_p - best).abs() < 1e-4, "{} {best}", found.log_p);
            assert!((log_p(&model, &[1], &found.tokens) - best).abs() < 1e-4);
        }
    }

    #[test]
    fn a_beam_of_one_is_greedy_and_wider_ones_do_not_find_less() {
        for seed in 0..20 {
            let model = model(seed);
            let search = |width| beam_search(Writer::new(&model, 8, vec![2]), width, 5, |_| false);
            let (mut writer, mut rng) = (Writer::new(&model, 8, vec![2]), seeds::generator(1));
            let greedy: Vec<usize> = (0..5).map(|_| writer.write(&Sampling::at(0.0), &mut rng)).collect();
            assert_eq!(search(1).tokens, greedy);
            // True of these models, if not of all: a wide beam can drop the beginning that a narrow
            // one kept.
            assert!(search(25).log_p >= search(1).log_p - 1e-9);
        }
    }

    #[test]
    fn a_text_that_ends_is_kept_when_nothing_can_pass_it() {
        let model = model(3);
        let found =
            beam_search(Writer::new(&model, 8, vec![0]), 625, 4, |tokens| tokens.last() == Some(&4));
        let ended = |tokens: &[usize]| tokens.iter().position(|&token| token == 4).map_or(4, |at| at + 1);
        let best = (0..625)
            .map(|n| [n / 125, n / 25 % 5, n / 5 % 5, n % 5])
            .map(|tokens| log_p(&model, &[0], &tokens[..ended(&tokens)]))
            .fold(f64::NEG_INFINITY, f64::max);
        assert!((found.log_p - best).abs() < 1e-4, "{found:?} {best}");
        assert_eq!(found.ended, found.tokens.last() == Some(&4));
    }
}
