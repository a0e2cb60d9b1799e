//! What the models read.

use super::{DIRT, OF_EACH, TOKENS};
use crate::experiment::selection::{How, LEAST, Pool, keep};
use crate::experiment::setup::Stream;
use anyhow::Result;
use data_quality::dirt::Dirt;

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
    /// Any texts of a pool of which half is dirt of another kind.
    Other(Dirt),
}

impl Line {
    /// Lines of which each has the rate that is best for it.
    pub const TUNED: [Self; 5] =
        [Self::All, Self::Classifier, Self::Clean, Self::HalfTwice, Self::HalfOnce];
    /// The others, at one rate.
    pub const OTHERS: [Self; 3] =
        [Self::Other(Dirt::WrongHome), Self::Other(Dirt::Boilerplate), Self::Other(Dirt::OtherGrammar)];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all that there is",
            Self::Classifier => "what the classifier leaves",
            Self::Clean => "clean",
            Self::HalfTwice => "its clean half, again",
            Self::HalfOnce => "its clean half, once",
            Self::Other(dirt) => dirt.name(),
        }
    }

    /// Who chooses from the pool.
    fn how(self) -> How {
        match self {
            Self::Classifier => How::Classifier { labels: 400 },
            Self::Clean => How::Truth,
            Self::All | Self::HalfOnce | Self::HalfTwice | Self::Other(_) => How::Nobody,
        }
    }

    /// What half of the pool is.
    fn dirt(self) -> Dirt {
        if let Self::Other(dirt) = self { dirt } else { DIRT }
    }

    /// What is read with this seed: places in the pool, and how many tokens of each text; `lengths` are those
    /// of the pool's texts.
    pub fn read(self, pool: &Pool, lengths: &[usize], seed: u64) -> Result<Vec<(usize, usize)>> {
        let scores = self.how().scores(self.dirt(), pool, seed)?;
        let mut kept = keep(&scores, lengths, TOKENS, &mut Stream::Ties(seed).generator());
        if matches!(self, Self::HalfOnce | Self::HalfTwice) {
            kept.retain(|(place, _)| pool.clean[*place]);
        }
        if self == Self::HalfTwice {
            kept = again(&kept, TOKENS);
        }
        Ok(kept)
    }

    /// The pool of a seed. Whatever the dirt is, its stories are the same, in the same places.
    pub fn pool(self, seed: u64) -> Result<Pool> {
        Pool::draw(self.dirt(), OF_EACH, seed)
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
        let pool = Line::All.pool(1).unwrap();
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
    fn with_other_dirt_the_same_stories_are_read_in_the_same_places() {
        let read = |line: Line| {
            let pool = line.pool(1).unwrap();
            let read = line.read(&pool, &vec![275; pool.texts.len()], 1).unwrap();
            let story = |(place, _): (usize, usize)| pool.clean[place].then(|| pool.texts[place].clone());
            read.into_iter().map(story).collect::<Vec<_>>()
        };
        let all = read(Line::All);
        for line in Line::OTHERS {
            assert!(read(line) == all, "{}", line.name());
        }
    }

    #[test]
    fn again_means_from_the_first_until_there_is_no_room() {
        assert_eq!(again(&[(3, 10), (5, 20)], 65), [(3, 10), (5, 20), (3, 10), (5, 20), (3, 5)]);
        assert_eq!(again(&[(3, 10), (5, 20)], 61), [(3, 10), (5, 20), (3, 10), (5, 20)], "one is no text");
    }
}
