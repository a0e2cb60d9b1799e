//! Many stories in a row.

use super::grammar::Grammar;
use tensors::seeds;

/// Stories to train on, and other stories to be judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    /// The text a model learns from.
    pub train: String,
    /// Text it has never seen.
    pub held_out: String,
}

impl Grammar {
    /// Draws stories until `characters` are reached: the first nine tenths to train on, the last
    /// tenth held out. Both hold whole stories.
    pub fn corpus(&self, characters: usize, seed: u64) -> Corpus {
        let mut rng = seeds::generator(seed);
        let mut until = |limit: usize| {
            let mut text = String::new();
            while text.len() < limit {
                text.push_str(&self.tell(&mut rng));
            }
            text
        };
        Corpus { train: until(characters / 10 * 9), held_out: until(characters / 10) }
    }
}

/// A [`Grammar::corpus`] of the default grammar.
pub fn corpus(characters: usize, seed: u64) -> Corpus {
    Grammar::default().corpus(characters, seed)
}
