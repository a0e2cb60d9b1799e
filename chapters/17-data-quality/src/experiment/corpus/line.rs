//! What the models read.

use super::{DIRT, OF_EACH, TOKENS};
use crate::experiment::selection::{How, LEAST, Pool, keep};
use crate::experiment::setup::Stream;
use anyhow::Result;

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Any texts of the pool, of which half is dirt.
    All,
    /// Those that the classifier puts first.
    Classifier,
    /// Stories only.
    Clean,
    /// The stories of [`Line::All`], in the same order, and nothing in the place of the dirt.
    HalfOnce,
    /// The same from the beginning again, until as much is read as by the others: about twice.
    HalfTwice,
}

impl Line {
    pub const EACH: [Self; 5] = [Self::All, Self::Classifier, Self::Clean, Self::HalfTwice, Self::HalfOnce];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all that there is",
            Self::Classifier => "what the classifier leaves",
            Self::Clean => "clean",
            Self::HalfTwice => "its clean half, again",
            Self::HalfOnce => "its clean half, once",
        }
    }

    /// Who chooses from the pool.
    fn how(self) -> How {
        match self {
            Self::Classifier => How::Classifier { labels: 400 },
            Self::Clean => How::Truth,
            Self::All | Self::HalfOnce | Self::HalfTwice => How::Nobody,
        }
    }

    /// What is read with this seed: places in the pool, and how many tokens of each text; `lengths` are those
    /// of the pool's texts.
    pub fn read(self, pool: &Pool, lengths: &[usize], seed: u64) -> Result<Vec<(usize, usize)>> {
        let scores = self.how().scores(DIRT, pool, seed)?;
        let mut kept = keep(&scores, lengths, TOKENS, &mut Stream::Ties(seed).generator());
        if matches!(self, Self::HalfOnce | Self::HalfTwice) {
            kept.retain(|(place, _)| pool.clean[*place]);
        }
        if self == Self::HalfTwice {
            kept = again(&kept, TOKENS);
        }
        Ok(kept)
    }

    /// The pool of a seed.
    pub fn pool(seed: u64) -> Result<Pool> {
        Pool::draw(DIRT, OF_EACH, seed)
    }
}

/// Texts from the first to the last and from the first again, until their tokens are `budget`.
fn again(texts: &[(usize, usize)], budget: usize) -> Vec<(usize, usize)> {
    let mut left = budget;
    let mut read = Vec::new();
    for &(place, tokens) in texts.iter().cycle() {
        let tokens = tokens.min(left);
        if tokens < LEAST {
            break;
        }
        read.push((place, tokens));
        left -= tokens;
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clean_half_is_what_is_clean_of_all_and_is_read_in_the_same_order() {
        let pool = Line::pool(1).unwrap();
        let lengths = vec![275; pool.texts.len()];
        let read = |line: Line| line.read(&pool, &lengths, 1).unwrap();
        let (all, once, twice) = (read(Line::All), read(Line::HalfOnce), read(Line::HalfTwice));
        let clean: Vec<_> = all.into_iter().filter(|(place, _)| pool.clean[*place]).collect();
        assert_eq!(once, clean);
        // The last one may be cut.
        let whole = twice.len() - 1;
        assert!(twice[..whole].iter().eq(once.iter().cycle().take(whole)) && whole > once.len());
    }

    #[test]
    fn again_means_from_the_first_until_there_is_no_room() {
        assert_eq!(again(&[(3, 10), (5, 20)], 65), [(3, 10), (5, 20), (3, 10), (5, 20), (3, 5)]);
        assert_eq!(again(&[(3, 10), (5, 20)], 61), [(3, 10), (5, 20), (3, 10), (5, 20)], "one is no text");
    }
}
