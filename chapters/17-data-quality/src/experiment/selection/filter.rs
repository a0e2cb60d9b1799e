//! Who chooses.

use super::pool::Pool;
use crate::experiment::filters::{Filter, linear, perplexity, rules};
use crate::experiment::setup::Stream;
use anyhow::Result;
use data_quality::dirt::Dirt;

/// Stories from which the rules learn how long one is.
const MEASURED: usize = 400;
/// The classifier's rate: the one that the section on filters has chosen.
pub const RATE: f64 = 6.4;

/// How texts get their scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    /// All scores are equal, so that any texts are kept.
    Nobody,
    Rules,
    /// The perplexity of an n-gram model that has read so many good stories.
    NGram {
        order: usize,
        good: usize,
    },
    /// The linear classifier, which has learned from so many labels, half of them of stories, half of dirt
    /// of this very kind.
    Classifier {
        labels: usize,
    },
    /// From the labels: half of the dirt is known, and nothing else. Its area is ¾.
    DirtByHalf,
    /// From the labels: half of the stories are known, and nothing else. Its area is ¾, too.
    StoriesByHalf,
    /// The labels.
    Truth,
}

impl How {
    /// What tables and figures call it.
    pub fn name(self) -> String {
        match self {
            Self::Nobody => "no filter".to_owned(),
            Self::Rules => "rules and length".to_owned(),
            Self::NGram { order, good } => format!("{order}-gram, {good} stories"),
            Self::Classifier { labels } => format!("classifier, {labels} labels"),
            Self::DirtByHalf => "half the dirt known".to_owned(),
            Self::StoriesByHalf => "half the stories known".to_owned(),
            Self::Truth => "truth".to_owned(),
        }
    }

    /// The score of each text of a pool of this dirt; what is learned is learned from other texts.
    pub fn scores(self, dirt: Dirt, pool: &Pool, seed: u64) -> Result<Vec<f64>> {
        let by = |filter: Filter| pool.texts.iter().map(|text| filter(text.trim_end())).collect();
        let known = |count| -> Vec<String> {
            let stories = Stream::Known(seed).stories(count).into_iter();
            stories.map(|story| story.trim_end().to_owned()).collect()
        };
        Ok(match self {
            Self::Nobody => vec![0.0; pool.texts.len()],
            Self::Rules => by(rules(&known(MEASURED))),
            Self::NGram { order, good } => by(perplexity(&known(good), order)?),
            Self::Classifier { labels } => {
                let mut good = known(labels);
                let mut rng = Stream::Labels(seed).generator();
                let mut bad = Vec::new();
                for story in good.split_off(labels / 2) {
                    bad.push(dirt.spoil(&format!("{story}\n\n"), &mut rng)?.trim_end().to_owned());
                }
                by(linear(&good, &bad, RATE))
            }
            Self::DirtByHalf => every_second(&pool.clean, false).iter().map(|known| -known).collect(),
            Self::StoriesByHalf => every_second(&pool.clean, true),
            Self::Truth => pool.clean.iter().map(|&clean| f64::from(u8::from(clean))).collect(),
        })
    }
}

/// 1 for every second text of which this is the label, 0 for all others.
fn every_second(labels: &[bool], label: bool) -> Vec<f64> {
    let mut count = 0;
    let mark = |&is: &bool| {
        count += usize::from(is == label);
        f64::from(u8::from(is == label && count % 2 == 0))
    };
    labels.iter().map(mark).collect()
}
