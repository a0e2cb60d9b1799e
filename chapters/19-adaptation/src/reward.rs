//! Rewards: a number that says how good an answer is, and what becomes of it when one chooses by it.
//!
//! The grammar's parser is a reward that nobody can argue with: 1 for a story that the grammar could have
//! told, 0 for everything else. Most rewards are not like that. They are **proxies**: a classifier that
//! has seen some examples, a count, a rule. The more one chooses by a proxy, the more one gets of what it
//! wrongly likes (Gao et al. 2022 measure it for learned rewards; it is called Goodhart's law).

use crate::answer::Drawn;
use language_models::story;
use thiserror::Error;

/// What is no reward.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum RewardError {
    /// A reward that nothing can be learned from.
    #[error("the reward of answer {answer} is {reward}: it must be a finite number")]
    NotFinite {
        /// Which answer, from 1.
        answer: usize,
        /// Its reward.
        reward: f64,
    },
}

/// The same rewards, if all are finite.
///
/// # Errors
/// [`RewardError::NotFinite`] for the first that is not.
pub fn checked(rewards: Vec<f64>) -> Result<Vec<f64>, RewardError> {
    match rewards.iter().position(|reward| !reward.is_finite()) {
        None => Ok(rewards),
        Some(at) => Err(RewardError::NotFinite { answer: at + 1, reward: rewards[at] }),
    }
}

// ANCHOR: valid
/// Whether `text` is one story of the default grammar, whole and with nothing behind it.
pub fn is_valid(text: &str) -> bool {
    story::read(text).is_ok_and(|reading| reading.bits.len() == text.len())
}

/// The parser's reward: 1 for a valid story that has come to its end, 0 otherwise.
pub fn parsed(drawn: &Drawn) -> f64 {
    f64::from(u8::from(drawn.ended && is_valid(&drawn.text)))
}
// ANCHOR_END: valid

// ANCHOR: best_of_pool
/// What the best of n answers by a proxy is worth on average, by the true reward, if the n are drawn from
/// these answers without putting any back: exactly, for each of `sizes`. Of each answer the proxy's
/// reward and the true one; of equal ones by the proxy all have the same chance.
///
/// Sort by the proxy. Answer number i of N, from 1, is the best of n exactly if the other n − 1 are
/// among the i − 1 before it: with a probability of C(i − 1, n − 1) / C(N, n).
///
/// # Panics
/// If a size is 0 or more than there are answers.
pub fn best_of_pool(answers: &[(f64, f64)], sizes: &[usize]) -> Vec<f64> {
    let mut sorted = answers.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let equals: Vec<&[(f64, f64)]> = sorted.chunk_by(|a, b| a.0 == b.0).collect();
    let mean_of = |n: usize| {
        let (mut worth, mut below) = (0.0, 0);
        for equal in &equals {
            let mean = equal.iter().map(|(_, gold)| gold).sum::<f64>() / equal.len() as f64;
            let upto = below + equal.len();
            worth += mean * (all_among(upto, n, sorted.len()) - all_among(below, n, sorted.len()));
            below = upto;
        }
        worth
    };
    sizes.iter().map(|&n| mean_of(n)).collect()
}

/// C(m, n) / C(all, n): the probability that n answers out of `all` are among the first m.
fn all_among(m: usize, n: usize, all: usize) -> f64 {
    assert!(0 < n && n <= all, "{n} of {all} answers cannot be drawn");
    (0..n).map(|i| m.saturating_sub(i) as f64 / (all - i) as f64).product()
}
// ANCHOR_END: best_of_pool

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tensors::seeds;

    #[test]
    fn a_story_is_valid_whole_and_alone() {
        let story = story::tell(&mut seeds::generator(1));
        assert!(is_valid(&story));
        assert!(!is_valid(&story[..story.len() - 1]), "the empty line belongs to it");
        assert!(!is_valid(&format!("{story}And")), "nothing comes after it");
        assert!(!is_valid(&story.replacen("the", "a", 1)));
        assert!(!is_valid(""));
    }

    proptest! {
        #[test]
        fn the_best_of_a_pool_is_the_mean_over_all_draws(
            answers in prop::collection::vec((0_u8..5, 0_u8..2), 1..9), n in 1_usize..9,
        ) {
            prop_assume!(n <= answers.len());
            let answers: Vec<(f64, f64)> =
                answers.into_iter().map(|(proxy, gold)| (f64::from(proxy), f64::from(gold))).collect();
            let (mut sum, mut draws) = (0.0, 0.0);
            for subset in 0_u32..1 << answers.len() {
                if subset.count_ones() as usize != n {
                    continue;
                }
                let drawn: Vec<(f64, f64)> =
                    (0..answers.len()).filter(|i| (subset >> i) & 1 == 1).map(|i| answers[i]).collect();
                let best = drawn.iter().map(|answer| answer.0).fold(f64::MIN, f64::max);
                let shown: Vec<f64> =
                    drawn.iter().filter(|answer| answer.0 == best).map(|answer| answer.1).collect();
                sum += shown.iter().sum::<f64>() / shown.len() as f64;
                draws += 1.0;
            }
            let found = best_of_pool(&answers, &[n])[0];
            prop_assert!((found - sum / draws).abs() < 1e-12, "{found}");
        }
    }

    #[test]
    fn a_proxy_that_likes_one_bad_answer_best_is_worth_nothing_in_the_end() {
        // The better by the proxy the better, but for one of a hundred.
        let answers: Vec<(f64, f64)> =
            (0..100).map(|i| (f64::from(i), if i == 99 { 0.0 } else { f64::from(i) / 99.0 })).collect();
        let worth = best_of_pool(&answers, &[1, 10, 100]);
        assert!(worth[1] > worth[0] && worth[2] == 0.0, "{worth:?}");
    }

    #[test]
    #[should_panic(expected = "5 of 3 answers cannot be drawn")]
    fn more_than_there_are_cannot_be_drawn() {
        best_of_pool(&[(0.0, 0.0); 3], &[5]);
    }
}
