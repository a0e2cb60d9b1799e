//! A task in which order is everything: which letter came last?
//!
//! Letters among noise; at every position the model is to name the letter that stood there or last
//! before. The letters themselves do not tell: all have been there before.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// Letters: tokens 0 to 7.
pub const LETTERS: usize = 8;
/// The one token of noise.
pub const NOISE: usize = LETTERS;
/// All tokens.
pub const VOCAB: usize = LETTERS + 1;

/// Some sequences of the task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Whole rows of tokens. The first of each row is a letter.
    pub tokens: Vec<usize>,
    /// The latest letter at each position.
    pub answers: Vec<usize>,
}

// ANCHOR: batch
/// Draws `rows` sequences of `seq` tokens, of which every third is a letter on average.
pub fn batch(rows: usize, seq: usize, rng: &mut ChaCha8Rng) -> Batch {
    let mut batch = Batch { tokens: Vec::new(), answers: Vec::new() };
    for _ in 0..rows {
        let mut latest = 0;
        for position in 0..seq {
            let letter = rng.gen_range(0..LETTERS as u32) as usize;
            let token = if position == 0 || rng.gen_ratio(1, 3) { letter } else { NOISE };
            if token != NOISE {
                latest = token;
            }
            batch.tokens.push(token);
            batch.answers.push(latest);
        }
    }
    batch
}
// ANCHOR_END: batch

#[cfg(test)]
mod tests {
    use super::*;
    use tensors::seeds;

    #[test]
    fn answers_are_the_latest_letters() {
        let batch = batch(20, 30, &mut seeds::generator(1));
        assert_eq!((batch.tokens.len(), batch.answers.len()), (20 * 30, 20 * 30));
        for (tokens, answers) in batch.tokens.chunks(30).zip(batch.answers.chunks(30)) {
            for (position, &answer) in answers.iter().enumerate() {
                let latest = tokens[..=position].iter().rev().find(|&&token| token != NOISE);
                assert_eq!(Some(&answer), latest);
            }
        }
    }
}
