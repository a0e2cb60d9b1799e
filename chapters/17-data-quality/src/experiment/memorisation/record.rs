//! What a model reads, and what is kept of a run.

use super::super::setup::{Lab, SMALL, Stream, above};
use anyhow::Result;
use data_quality::contamination::evidence;
use data_quality::judge::Cost;
use data_quality::memorise::memorised;
use dfdx::prelude::Cpu;
use gpt::Whole;
use kernels::measured::mean_and_error;
use language_models::story::KINDS;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

/// Of the stories that were read, so many are judged.
const JUDGED: usize = 60;
/// The part of what is read that may be repeated while the rest is not.
const TENTH: usize = SMALL.texts / 10;

/// What is read: always [`SMALL`]'s number of texts, but for [`Diet::MISSING`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diet {
    /// Stories that are read once.
    pub once: usize,
    /// Other stories that are read more often …
    pub again: usize,
    /// … namely so often.
    pub times: usize,
}

impl Diet {
    /// Every text another story.
    pub const DIFFERENT: Self = Self { once: SMALL.texts, again: 0, times: 0 };
    /// The same without a tenth of them.
    pub const MISSING: Self = Self { once: SMALL.texts - TENTH, again: 0, times: 0 };

    /// Every story so often.
    pub fn epochs(times: usize) -> Self {
        if times == 1 { Self::DIFFERENT } else { Self { once: 0, again: SMALL.texts / times, times } }
    }

    /// Nine tenths different stories, and one tenth few of them, so often.
    pub const fn tenth(times: usize) -> Self {
        Self { again: TENTH / times, times, ..Self::MISSING }
    }

    pub fn name(self) -> String {
        match self {
            Self::MISSING => "a tenth is missing".to_owned(),
            Self { again: 0, once, .. } => format!("{once} stories, 1 time"),
            Self { once: 0, again, times } => format!("{again} stories, {times} times"),
            Self { again, times, .. } => format!("a tenth is {again} stories, {times} times"),
        }
    }

    /// The stories that are read again and again, or else those that are read once; and all in the order of
    /// reading. With the same seed the nine tenths that are read once are the same stories in the same
    /// places, whatever stands in the places of the tenth.
    fn stories(self, seed: u64) -> (Vec<String>, Vec<String>) {
        let mut once = Stream::Clean(seed).stories(self.once + self.again);
        let again = once.split_off(self.once);
        let mut order = Stream::Order(seed).generator();
        let mut read: Vec<Option<&String>> = once.iter().map(Some).collect();
        for _ in 0..self.times {
            // Every round in an order of its own.
            let mut round: Vec<_> = again.iter().map(Some).collect();
            round.shuffle(&mut order);
            read.extend(round);
        }
        if self.once > 0 {
            // From the beginning of the stream: places do not depend on what was drawn for the rounds.
            read.resize(SMALL.texts, None);
            read.shuffle(&mut Stream::Order(seed).generator());
        }
        let read = read.into_iter().flatten().cloned().collect();
        (if again.is_empty() { once } else { again }, read)
    }
}

/// What a run is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// The width of the model, which is its name.
    pub width: usize,
    pub diet: Diet,
    pub rate: f64,
    pub seed: u64,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Run {
    pub job: Job,
    /// Bits that a test story costs by the grammar, as far as it is read.
    pub floor: f64,
    /// Bits a validation story above the floor: for choosing a rate.
    pub validation: f64,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
    /// Bits a story that was learned by heart, of those that are read again and again, or else of any that
    /// are read.
    pub by_heart: f64,
    /// Mean evidence of the same stories, and of test stories, with its standard error, which one story
    /// has not.
    pub read: (f64, Option<f64>),
    pub unread: (f64, Option<f64>),
}

impl Run {
    /// Bits a test story above the floor.
    pub fn total(&self) -> f64 {
        self.above.iter().sum()
    }

    /// Bits a test story above the floor at the words that the grammar leaves open.
    pub fn open(&self) -> f64 {
        -self.unread.0
    }

    /// Bits by which a story is better known for having been read, at open words, and their standard error.
    pub fn better(&self) -> (f64, Option<f64>) {
        let error = self.read.1.zip(self.unread.1).map(|(read, unread)| read.hypot(unread));
        (self.read.0 - self.unread.0, error)
    }
}

/// Trains a model, and judges it.
pub fn run<M: Whole<Cpu>>(lab: &Lab<M>, job: Job) -> Result<Run> {
    let (known, read) = job.diet.stories(job.seed);
    let (model, _) = lab.read(&read.iter().collect::<Vec<_>>(), job.seed, job.rate);
    let [validation, test] = [&lab.validation, &lab.test].map(|stories| lab.judge(&model, stories));
    let (validation, test) = (validation?, test?);
    let known = lab.judge(&model, &known[..JUDGED.min(known.len())])?;
    let bits = |stories: &[Vec<Cost>]| {
        let (mean, error) =
            mean_and_error(&stories.iter().map(|costs| evidence(costs)).collect::<Vec<_>>());
        (mean, (stories.len() > 1).then_some(error))
    };
    let floor: f64 = test.iter().flatten().map(|cost| cost.floor).sum();
    Ok(Run {
        job,
        floor: floor / test.len() as f64,
        validation: above(&validation).iter().sum(),
        above: above(&test),
        by_heart: memorised(&known, &test),
        read: bits(&known),
        unread: bits(&test),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_diet_has_as_many_texts_and_every_story_its_times() {
        for diet in [1, 4, 16, 256].map(Diet::epochs).into_iter().chain([6, 384].map(Diet::tenth)) {
            let (_, read) = diet.stories(1);
            assert_eq!(read.len(), SMALL.texts, "{}", diet.name());
            let counts = read.iter().fold(BTreeMap::<&str, usize>::new(), |mut counts, story| {
                *counts.entry(story).or_default() += 1;
                counts
            });
            let with = |times| counts.values().filter(|count| **count == times).count();
            assert_eq!((with(1), with(diet.times)), (diet.once, diet.again), "{}", diet.name());
        }
    }

    #[test]
    fn what_is_read_once_stands_in_the_same_places_whatever_the_tenth_is() {
        let read = |diet: Diet| diet.stories(2).1;
        let missing = read(Diet::MISSING);
        assert_eq!(missing.len(), SMALL.texts / 10 * 9);
        let different = read(Diet::DIFFERENT);
        for times in [6, 24, 384] {
            let tenth = read(Diet::tenth(times));
            let same = different.iter().zip(&tenth).filter(|(one, other)| one == other);
            let kept: Vec<&String> = same.map(|(one, _)| one).collect();
            // The first of the repeated stories is the first of the tenth that is otherwise read once.
            let once: Vec<&String> = kept.into_iter().filter(|story| missing.contains(story)).collect();
            assert_eq!(once, missing.iter().collect::<Vec<_>>(), "{times} times");
        }
    }
}
