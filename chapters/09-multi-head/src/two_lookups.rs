//! A task that needs two things at once.
//!
//! Six names, each with four random numbers, in any order; then a question that names two of them.
//! The answer is the numbers of the one, then those of the other.
//!
//! One head cannot do it as long as its weights depend on the names only. What it returns is a mean
//! Σ wᵢ V xᵢ, and all that this mean knows of the numbers nᵢ is Σ wᵢ nᵢ: four numbers, from which
//! eight are to be told. Guessing v and u, of variance 1, from w v + (1 − w) u leaves errors of
//! 1 − w²/(w² + (1 − w)²) and 1 − (1 − w)²/(w² + (1 − w)²): together 1, whatever w is, so ½ for
//! each number.

use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use tensors::seeds;

/// Names, each of which occurs once in a sequence.
pub const NAMES: usize = 6;
/// Numbers that a name has, each of mean 0 and variance 1.
pub const NUMBERS: usize = 4;
/// What a token is made of: its name, its role in a question (first or second), its numbers.
pub const INPUT: usize = 3 * NAMES + NUMBERS;
/// The numbers of two names.
pub const ANSWER: usize = 2 * NUMBERS;
/// Tokens in a sequence: every name, and the question.
pub const LENGTH: usize = NAMES + 1;
/// The mean squared error of one head whose weights depend on the names only, at best.
pub const FLOOR_OF_ONE_HEAD: f64 = 0.5;

/// Some sequences of the task.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// `(rows, LENGTH, INPUT)`.
    pub tokens: Vec<f32>,
    /// `(rows, ANSWER)`.
    pub answers: Vec<f32>,
}

// ANCHOR: batch
/// Draws `rows` sequences.
pub fn batch(rows: usize, rng: &mut ChaCha8Rng) -> Batch {
    let mut batch = Batch { tokens: Vec::new(), answers: Vec::new() };
    let mut names: Vec<usize> = (0..NAMES).collect();
    for _ in 0..rows {
        let numbers: Vec<Vec<f32>> = (0..NAMES).map(|_| seeds::normal(rng, NUMBERS, 1.0)).collect();
        names.shuffle(rng);
        for &name in &names {
            let mut token = [0.0; INPUT];
            token[name] = 1.0;
            token[3 * NAMES..].copy_from_slice(&numbers[name]);
            batch.tokens.extend(token);
        }
        let first = rng.gen_range(0..NAMES as u32) as usize;
        let second = (first + rng.gen_range(1..NAMES as u32) as usize) % NAMES;
        let mut question = [0.0; INPUT];
        (question[NAMES + first], question[2 * NAMES + second]) = (1.0, 1.0);
        batch.tokens.extend(question);
        batch.answers.extend([&numbers[first][..], &numbers[second]].concat());
    }
    batch
}
// ANCHOR_END: batch

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_can_be_looked_up() {
        let batch = batch(100, &mut seeds::generator(1));
        assert_eq!((batch.tokens.len(), batch.answers.len()), (100 * LENGTH * INPUT, 100 * ANSWER));
        for (row, answer) in batch.tokens.chunks(LENGTH * INPUT).zip(batch.answers.chunks(ANSWER)) {
            let tokens: Vec<&[f32]> = row.chunks(INPUT).collect();
            let question = tokens[NAMES];
            for (role, expected) in answer.chunks(NUMBERS).enumerate() {
                let asked = (0..NAMES).find(|&name| question[(1 + role) * NAMES + name] == 1.0).unwrap();
                let token = tokens[..NAMES].iter().find(|token| token[asked] == 1.0).unwrap();
                assert_eq!(&token[3 * NAMES..], expected);
            }
            assert_ne!(question[NAMES..2 * NAMES], question[2 * NAMES..3 * NAMES], "two different names");
        }
    }
}
