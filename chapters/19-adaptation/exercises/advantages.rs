//! # Exercise: advantages
//!
//! A batch holds answers to several questions, in any order: answer i is to question `questions[i]` and
//! was rewarded with `rewards[i]`. Return the advantage of each: its reward less the mean reward of the
//! *other* answers to the same question. An answer without others has nothing to be compared with: its
//! advantage is 0.
//!
//! # Hints
//! - A hard question has low rewards. Answers to an easy one say nothing about it.
//! - Two sums are enough for each question, however many answers it has.
#![allow(unused_variables)]

/// By how much each answer is better than the others to its question.
pub fn advantages(questions: &[usize], rewards: &[f64]) -> Vec<f64> {
    todo!("each answer against the others of its own question")
}
