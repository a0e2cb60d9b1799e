//! What filters choose from.

use crate::experiment::setup::Stream;
use anyhow::Result;
use data_quality::dirt::Dirt;
use data_quality::roc::Area;
use rand::seq::SliceRandom;

/// As many stories as dirty texts, in any order.
pub struct Pool {
    pub texts: Vec<String>,
    /// Of each text whether it is a story.
    pub clean: Vec<bool>,
}

impl Pool {
    /// The pool of a seed, so many texts of each sort. The dirt is made from stories of its own.
    pub fn draw(dirt: Dirt, of_each: usize, seed: u64) -> Result<Self> {
        let mut rng = Stream::Dirt(seed).generator();
        let mut texts = Vec::new();
        for (i, story) in Stream::Pool(seed).stories(2 * of_each).into_iter().enumerate() {
            let clean = i < of_each;
            texts.push((if clean { story } else { dirt.spoil(&story, &mut rng)? }, clean));
        }
        texts.shuffle(&mut Stream::Order(seed).generator());
        let (texts, clean) = texts.into_iter().unzip();
        Ok(Self { texts, clean })
    }

    /// How well the scores of its texts tell stories from dirt.
    pub fn area(&self, scores: &[f64]) -> Area {
        let of = |clean: bool| -> Vec<f64> {
            scores
                .iter()
                .zip(&self.clean)
                .filter(|(_, is)| **is == clean)
                .map(|(score, _)| *score)
                .collect()
        };
        Area::of(&of(true), &of(false))
    }
}
