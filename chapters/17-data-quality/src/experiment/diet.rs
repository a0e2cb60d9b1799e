//! What a run of the price's experiment reads: clean stories, and dirt among them.

use super::setup::Stream;
use anyhow::Result;
use data_quality::dirt::Dirt;
use rand::Rng;
use rand::seq::SliceRandom;

/// Near copies are copies of so few stories: three of each at half dirt, five at eight tenths. (At a fifth
/// there is hardly more than one of each, and they are copies of nothing.)
const POOL: usize = 20;
/// What stands before each dirty text where dirt is marked.
const TAG: &str = "Dirt: ";

/// What stands beside the clean stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    Nothing,
    Dirt(Dirt),
    /// The same where each dirty text says so at its beginning.
    Marked(Dirt),
}

impl Beside {
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "clean",
            Self::Dirt(dirt) | Self::Marked(dirt) => dirt.name(),
        }
    }

    fn spoil(self, story: &str, rng: &mut impl Rng) -> Result<String> {
        Ok(match self {
            Self::Nothing => story.to_owned(),
            Self::Dirt(dirt) => dirt.spoil(story, rng)?,
            Self::Marked(dirt) => format!("{TAG}{}", dirt.spoil(story, rng)?),
        })
    }
}

/// What is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Diet {
    pub beside: Beside,
    pub clean: usize,
    /// All places: where there is nothing beside the clean texts, fewer are read.
    places: usize,
}

impl Diet {
    /// So many places, so many tenths of them for something else than further clean stories.
    pub fn new(places: usize, beside: Beside, tenths: usize) -> Self {
        Self { beside, clean: places - places * tenths / 10, places }
    }

    /// Dirty texts.
    pub fn dirty(&self) -> usize {
        if self.beside == Beside::Nothing { 0 } else { self.places - self.clean }
    }

    pub fn marked(&self) -> bool {
        matches!(self.beside, Beside::Marked(_))
    }

    /// The texts, in the order of reading. Diets of one seed with as many clean texts have the same ones, in
    /// the same order: where one has dirt, the other has nothing.
    pub fn texts(&self, seed: u64) -> Result<Vec<String>> {
        let clean = Stream::Clean(seed).stories(self.clean);
        let mut texts: Vec<Option<String>> = clean.into_iter().map(Some).collect();
        let mut rng = Stream::Dirt(seed).generator();
        let stories = Stream::Spoilt(seed).stories(self.dirty());
        for story in &stories {
            let copies =
                matches!(self.beside, Beside::Dirt(Dirt::NearCopy) | Beside::Marked(Dirt::NearCopy));
            let story = if copies { &stories[rng.gen_range(0..POOL)] } else { story };
            texts.push(Some(self.beside.spoil(story, &mut rng)?));
        }
        texts.resize(self.places, None);
        texts.shuffle(&mut Stream::Order(seed).generator());
        Ok(texts.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_no_dirt_reads_the_same_clean_texts_in_the_same_order() {
        let texts = |beside, tenths| Diet::new(120, beside, tenths).texts(1).unwrap();
        for tenths in [1, 2, 5, 8] {
            let clean = texts(Beside::Nothing, tenths);
            assert_eq!(clean.len(), 120 - 12 * tenths);
            let others = [
                Beside::Dirt(Dirt::Shuffled),
                Beside::Marked(Dirt::WrongHome),
                Beside::Dirt(Dirt::OtherGrammar),
            ];
            for beside in others {
                let mut mixed = texts(beside, tenths);
                assert_eq!(mixed.len(), 120);
                mixed.retain(|text| clean.contains(text));
                assert_eq!(mixed, clean, "{beside:?}, {tenths} of 10");
            }
        }
    }
}
