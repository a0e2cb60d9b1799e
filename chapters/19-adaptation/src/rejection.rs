//! Rejection sampling: write many answers, keep the good ones, and learn them.
//!
//! The answers of a model that a judge has accepted are a sample of the model *given* that it is right,
//! π₀(x | valid), and to learn them until nothing else is left would end there: valid always, at a KL of
//! −log₂ v₀ from the start, which no policy undercuts. To learn a few hundred of them for a while is
//! not that.

use crate::answer::{Answer, Drawn};
use gpt::data::Batch;
use rand::Rng;
use rand::seq::SliceRandom;

// ANCHOR: accepted
/// The answers whose reward is positive, in the order in which they were drawn.
pub fn accepted(drawn: &[Drawn], reward: impl Fn(&Drawn) -> f64) -> Vec<&Answer> {
    drawn.iter().filter(|drawn| reward(drawn) > 0.0).map(|drawn| &drawn.answer).collect()
}

/// Batches of `size` answers, the last of a round possibly smaller: all of them, `rounds` times, each time in
/// another order. What was written is learned, and not the prompt; every token counts alike.
pub fn batches(answers: &[&Answer], size: usize, rounds: usize, rng: &mut impl Rng) -> Vec<Batch> {
    let mut order = answers.to_vec();
    let mut batches = Vec::new();
    for _ in 0..rounds {
        order.shuffle(rng);
        batches.extend(order.chunks(size).map(batch));
    }
    batches
}

fn batch(answers: &[&Answer]) -> Batch {
    let weights: Vec<Vec<f32>> = answers.iter().map(|answer| answer.evenly(1.0)).collect();
    let texts = answers.iter().zip(&weights);
    Batch::texts(&texts.map(|(answer, weights)| (&answer.tokens[..], &weights[..])).collect::<Vec<_>>())
        .mean()
}
// ANCHOR_END: accepted

#[cfg(test)]
mod tests {
    use super::*;
    use tensors::seeds;

    fn drawn(text: &str) -> Drawn {
        let answer = Answer { tokens: format!("\n{text}").bytes().map(usize::from).collect(), prompt: 1 };
        Drawn { answer, text: text.to_owned(), log_p: Vec::new(), log_drawn: Vec::new(), ended: true }
    }

    #[test]
    fn what_is_rewarded_is_learned_as_often_as_there_are_rounds_and_nothing_else() {
        let all: Vec<Drawn> = ["good a", "bad", "good bb", "good ccc"].map(drawn).into();
        let good = accepted(&all, |drawn| f64::from(u8::from(drawn.text.starts_with("good"))));
        assert_eq!(good.len(), 3);
        let batches = batches(&good, 2, 3, &mut seeds::generator(1));
        assert_eq!(batches.iter().map(|batch| batch.rows).collect::<Vec<_>>(), [2, 1, 2, 1, 2, 1]);
        let learned: f32 = batches.iter().flat_map(|batch| batch.weights.clone().unwrap()).sum();
        assert!((learned - 6.0).abs() < 1e-5, "each batch is a mean");
        let asked: usize = batches
            .iter()
            .flat_map(|batch| batch.weights.as_ref().unwrap())
            .filter(|weight| **weight > 0.0)
            .count();
        assert_eq!(asked, 3 * ("good a".len() + "good bb".len() + "good ccc".len()));
        assert_ne!(batches[0], batches[2], "another order");
    }

    #[test]
    fn nothing_accepted_is_nothing_to_learn() {
        assert!(accepted(&[drawn("bad")], |_| 0.0).is_empty());
        assert!(batches(&[], 4, 2, &mut seeds::generator(1)).is_empty());
    }
}
