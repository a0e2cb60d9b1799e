//! What a run of the price's experiment reads: clean stories, and dirt among them.

use super::setup::Stream;
use anyhow::Result;
use data_quality::dirt::Dirt;
use rand::Rng;
use rand::seq::SliceRandom;

/// Near copies are copies of so few stories: three of each at half dirt. (At a fifth there is hardly more
/// than one of each, and they are copies of nothing.)
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
}

impl Diet {
    /// So many tenths of `texts`, all of them clean.
    pub fn clean(texts: usize, tenths: usize) -> Self {
        Self { dirt: None, marked: false, clean: texts * tenths / 10, dirty: 0 }
    }

    /// All of `texts`, so many tenths of them dirt.
    pub fn dirty(texts: usize, dirt: Dirt, tenths: usize, marked: bool) -> Self {
        let dirty = texts * tenths / 10;
        Self { dirt: Some(dirt), marked, clean: texts - dirty, dirty }
    }

    pub fn name(&self) -> &'static str {
        self.dirt.map_or(CLEAN, Dirt::name)
    }

    /// The texts, in the order of reading.
    pub fn texts(&self, seed: u64) -> Result<Vec<String>> {
        let mut texts = Stream::Clean(seed).stories(self.clean);
        if let Some(dirt) = self.dirt {
            let mut rng = Stream::Dirt(seed).generator();
            let stories = Stream::Spoilt(seed).stories(self.dirty);
            for story in &stories {
                let story = if dirt == Dirt::NearCopy { &stories[rng.gen_range(0..POOL)] } else { story };
                let spoilt = dirt.spoil(story, &mut rng)?;
                texts.push(if self.marked { format!("{TAG}{spoilt}") } else { spoilt });
            }
        }
        texts.shuffle(&mut Stream::Order(seed).generator());
        Ok(texts)
    }
}
