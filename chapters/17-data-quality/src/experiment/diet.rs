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
/// What runs without dirt are called.
const CLEAN: &str = "clean";

/// What is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Diet {
    pub dirt: Option<Dirt>,
    /// Whether each dirty text says so at its beginning.
    pub marked: bool,
    pub clean: usize,
    pub dirty: usize,
    /// Texts that are left out, where another diet has dirt.
    left_out: usize,
}

impl Diet {
    /// So many tenths of `texts`, all of them clean.
    pub fn clean(texts: usize, tenths: usize) -> Self {
        let clean = texts * tenths / 10;
        Self { dirt: None, marked: false, clean, dirty: 0, left_out: texts - clean }
    }

    /// All of `texts`, so many tenths of them dirt.
    pub fn dirty(texts: usize, dirt: Dirt, tenths: usize, marked: bool) -> Self {
        let dirty = texts * tenths / 10;
        Self { dirt: Some(dirt), marked, clean: texts - dirty, dirty, left_out: 0 }
    }

    pub fn name(&self) -> &'static str {
        self.dirt.map_or(CLEAN, Dirt::name)
    }

    /// The texts, in the order of reading. Diets of one seed with as many clean texts have the same ones, in
    /// the same order: where one has dirt, the other has nothing.
    pub fn texts(&self, seed: u64) -> Result<Vec<String>> {
        let clean = Stream::Clean(seed).stories(self.clean);
        let mut texts: Vec<Option<String>> = clean.into_iter().map(Some).collect();
        if let Some(dirt) = self.dirt {
            let mut rng = Stream::Dirt(seed).generator();
            let stories = Stream::Spoilt(seed).stories(self.dirty);
            for story in &stories {
                let story = if dirt == Dirt::NearCopy { &stories[rng.gen_range(0..POOL)] } else { story };
                let spoilt = dirt.spoil(story, &mut rng)?;
                texts.push(Some(if self.marked { format!("{TAG}{spoilt}") } else { spoilt }));
            }
        }
        texts.extend(std::iter::repeat_n(None, self.left_out));
        texts.shuffle(&mut Stream::Order(seed).generator());
        Ok(texts.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_no_dirt_reads_the_same_clean_texts_in_the_same_order() {
        for tenths in [1, 2, 5, 8] {
            let clean = Diet::clean(120, 10 - tenths).texts(1).unwrap();
            assert_eq!(clean.len(), 120 - 12 * tenths);
            for dirt in [Dirt::Shuffled, Dirt::OtherGrammar] {
                let mut mixed = Diet::dirty(120, dirt, tenths, false).texts(1).unwrap();
                assert_eq!(mixed.len(), 120);
                mixed.retain(|text| clean.contains(text));
                assert_eq!(mixed, clean, "{dirt:?}, {tenths} of 10");
            }
        }
    }
}
