//! Learned by heart: few stories read often, or a few among many.

use super::ledger::Ledger;
use super::setup::{DOCUMENTS, Lab, Model, RATE, SEEDS, Stream, above};
use anyhow::Result;
use data_quality::contamination::evidence;
use data_quality::judge::KINDS;
use data_quality::memorise::below;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

const PART: &str = "memorisation";
/// Different stories of which the training text consists.
const UNIQUE: [usize; 6] = [30, 100, 300, 1000, 3000, DOCUMENTS];
/// How often each story is read of the tenth of the text that is repeated.
const REPEATED: [usize; 6] = [1, 4, 16, 64, 256, 1024];
/// Of the stories that were read, so many are judged.
const JUDGED: usize = 200;

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Run {
    pub seed: u64,
    /// Different stories that are read again and again, and how often.
    pub unique: usize,
    pub times: usize,
    /// Stories that are read once.
    pub fresh: usize,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
    /// Mean bits below the floor at open places, of stories above it 0: of those that are read again and again,
    /// and of test stories.
    pub below_read: f64,
    pub below_unread: f64,
    /// Mean evidence of the same.
    pub evidence_read: f64,
    pub evidence_unread: f64,
}

/// Trains all models.
pub fn measure(date: &str) -> Result<()> {
    let lab = Lab::new()?;
    let mut ledger = Ledger::open(PART, date)?;
    for seed in SEEDS {
        let whole = UNIQUE.map(|unique| (unique, 0));
        let tenth = REPEATED[1..].iter().map(|times| (DOCUMENTS / 10 / times, DOCUMENTS - DOCUMENTS / 10));
        for (unique, fresh) in whole.into_iter().chain(tenth) {
            let is = |run: &Run| (run.seed, run.unique, run.fresh) == (seed, unique, fresh);
            ledger.once(PART, is, || run(&lab, seed, unique.max(1), fresh))?;
        }
    }
    Ok(())
}

fn run(lab: &Lab, seed: u64, unique: usize, fresh: usize) -> Result<Run> {
    let mut order = Stream::Order(seed).generator();
    let stories = Stream::Clean(seed).stories(unique + fresh);
    let (again, fresh) = stories.split_at(unique);
    let places = DOCUMENTS - fresh.len();
    // Every round in an order of its own.
    let mut read: Vec<&String> = Vec::new();
    while read.len() < places {
        let mut round: Vec<&String> = again.iter().collect();
        round.shuffle(&mut order);
        read.extend(round);
    }
    read.truncate(places);
    if !fresh.is_empty() {
        read.extend(fresh);
        read.shuffle(&mut order);
    }
    let (model, _): (Model, usize) = lab.read(&read, seed, RATE);
    let test = lab.judge(&model, &lab.test)?;
    let known = lab.judge(&model, &again[..JUDGED.min(unique)])?;
    let mean = |stories: &[Vec<_>]| {
        stories.iter().map(|costs| evidence(costs)).sum::<f64>() / stories.len() as f64
    };
    Ok(Run {
        seed,
        unique,
        times: places / unique,
        fresh: fresh.len(),
        above: above(&test),
        below_read: below(&known),
        below_unread: below(&test),
        evidence_read: mean(&known),
        evidence_unread: mean(&test),
    })
}
