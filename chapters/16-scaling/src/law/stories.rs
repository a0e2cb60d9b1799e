//! An endless text: every story is told when it is read, and none is read twice.
//!
//! A law in the number of tokens D wants tokens that are all new: a text read for the third time teaches
//! less than the first time. A grammar can tell as many stories as a run can pay for.

use gpt::data::{self, Batch};
use gpt::tokenizer::Tokens;
use language_models::story;
use rand_chacha::ChaCha8Rng;
use tensors::seeds;

/// Tells stories, and hands them over in batches.
#[derive(Debug)]
pub struct Stories<'a> {
    rng: ChaCha8Rng,
    tokenizer: &'a Tokens,
}

impl<'a> Stories<'a> {
    /// The stories that follow from `seed`.
    pub fn new(seed: u64, tokenizer: &'a Tokens) -> Self {
        Self { rng: seeds::generator(seed), tokenizer }
    }

    /// The tokens of the next story, behind the one that says that a story begins.
    pub fn tokens(&mut self) -> Vec<usize> {
        data::prompt(&story::tell(&mut self.rng), self.tokenizer, true)
    }

    // ANCHOR: batch
    /// The next `rows` stories, each whole and in a row of its own: every token of theirs is predicted
    /// from all before it in the story, and what fills up the shorter rows does not count.
    pub fn batch(&mut self, rows: usize) -> Batch {
        let stories: Vec<Vec<usize>> = (0..rows).map(|_| self.tokens()).collect();
        Batch::whole(stories.iter().map(Vec::as_slice))
    }
    // ANCHOR_END: batch
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use tokens::Tokenizer;

    #[test]
    fn a_batch_holds_whole_stories_and_no_story_comes_twice() {
        let mut stories = Stories::new(1, &Tokens::Bytes);
        let mut seen = HashSet::new();
        for _ in 0..20 {
            let batch = stories.batch(3);
            let weights = batch.weights.as_deref().unwrap();
            let sum: f32 = weights.iter().sum();
            assert!((sum - 1.0).abs() < 1e-4, "the loss is a mean: {sum}");
            let context = batch.inputs.len() / 3;
            for row in 0..3 {
                let places = row * context..(row + 1) * context;
                let counts = |i: &usize| weights[*i] > 0.0;
                let target: Vec<usize> = places.clone().filter(counts).map(|i| batch.targets[i]).collect();
                let text = String::from_utf8(Tokens::Bytes.decode(&target).unwrap()).unwrap();
                assert_eq!(story::read(&text).map(|reading| reading.bits.len()), Ok(text.len()));
                assert_eq!(batch.inputs[places.start], usize::from(b'\n'), "where a story begins");
                assert!(seen.insert(text), "told twice");
            }
        }
    }

    #[test]
    fn the_same_seed_tells_the_same() {
        let first = |seed| Stories::new(seed, &Tokens::Bytes).tokens();
        assert_eq!(first(3), first(3));
        assert_ne!(first(3), first(4));
    }
}
