//! The answer key: which choice has just been told.

use crate::pairs::{beats, ends};
use data_quality::reading::as_read;
use gpt::tokenizer::Tokens;
use language_models::story::beats::STORY;
use language_models::story::{Grammar, NotAStory, Plot};
use std::collections::BTreeMap;

/// What can be told: at a beat, a sentence or a word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thing {
    /// Which beat of [`STORY`].
    pub beat: usize,
    /// Its template.
    pub template: &'static str,
    /// What it adds to the plot.
    pub sets: Plot,
}

/// A story's tokens, as a model reads them, and for each of its beats the position of its last whole token
/// and what it told.
pub type Things = (Vec<usize>, Vec<(usize, Thing)>);

/// What a story tells where.
///
/// A blank at the end of a beat belongs to the next word's token, so the position is that of the token
/// before it.
///
/// # Errors
/// When it is no story of the default grammar.
pub fn told(story: &str, tokenizer: &Tokens, context: usize) -> Result<Things, NotAStory> {
    let read = beats(story)?;
    let tokens = as_read(story, tokenizer, context);
    let ends = ends(&tokens, tokenizer);
    let (grammar, mut plot, mut found) = (Grammar::default(), Plot::default(), Vec::new());
    for (beat, (&offer, &taken)) in STORY.iter().zip(&read.choices).enumerate() {
        let choice = grammar.offer(offer, &plot)[taken];
        let position = ends.partition_point(|&end| end <= read.bytes[beat].end) - 1;
        found.push((position, Thing { beat, template: choice.template, sets: choice.sets }));
        plot = choice.apply(&plot);
    }
    Ok((tokens, found))
}

/// Numbers for what can be told, in the order in which they are met.
#[derive(Debug, Clone, Default)]
pub struct Key {
    numbers: BTreeMap<Thing, usize>,
}

impl Key {
    /// The number of this.
    pub fn number(&mut self, told: Thing) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(told).or_insert(next)
    }

    /// The number that this has, if it has one.
    pub fn find(&self, told: &Thing) -> Option<usize> {
        self.numbers.get(told).copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether nothing was told yet.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// What each number stands for.
    pub fn all(&self) -> Vec<Thing> {
        let mut all: Vec<(usize, Thing)> =
            self.numbers.iter().map(|(told, &n)| (n, told.clone())).collect();
        all.sort_by_key(|(number, _)| *number);
        all.into_iter().map(|(_, told)| told).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::tell;
    use tensors::seeds;
    use tokens::Tokenizer;

    #[test]
    fn each_choice_is_told_by_its_position_and_no_earlier() {
        let mut rng = seeds::generator(2);
        let text: String = (0..200).map(|_| tell(&mut rng)).collect();
        let tokenizer = Tokens::learn(600, &text).unwrap();
        for _ in 0..10 {
            let story = tell(&mut rng);
            let (tokens, found) = told(&story, &tokenizer, 600).unwrap();
            assert_eq!(found.len(), STORY.len());
            assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0), "one position for each");
            let read = beats(&story).unwrap();
            for ((position, _), bytes) in found.iter().zip(&read.bytes) {
                let upto = tokenizer.decode(&tokens[1..=*position]).unwrap().len();
                // All but the blank at the end.
                assert_eq!(story[..upto].trim_end(), story[..bytes.end].trim_end());
            }
        }
    }

    #[test]
    fn the_same_gets_the_same_number() {
        let (mut key, mut rng) = (Key::default(), seeds::generator(3));
        let text: String = (0..50).map(|_| tell(&mut rng)).collect();
        let tokenizer = Tokens::learn(300, &text).unwrap();
        for _ in 0..30 {
            for (_, told) in told(&tell(&mut rng), &tokenizer, 900).unwrap().1 {
                let number = key.number(told.clone());
                assert_eq!((key.find(&told), &key.all()[number]), (Some(number), &told));
            }
        }
        assert!(key.len() > 200 && !key.is_empty());
    }
}
