//! Has it seen the test? Stories put into the training text so many times, and what can be proven afterwards.

use super::ledger::Ledger;
use super::setup::{DOCUMENTS, Lab, Model, RATE, SEEDS, Stream};
use anyhow::Result;
use data_quality::contamination::evidence;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

const PART: &str = "contamination";
/// How often the stories of a group are read.
const TIMES: [usize; 7] = [0, 1, 2, 4, 8, 16, 32];
/// Stories in a group.
const GROUP: usize = 40;

/// One model and what it gives away.
#[derive(Debug, Serialize, Deserialize)]
pub struct Run {
    pub seed: u64,
    pub groups: Vec<Group>,
}

/// Stories that were read equally often.
#[derive(Debug, Serialize, Deserialize)]
pub struct Group {
    pub times: usize,
    /// Of each story the bits by which the model knows it better than the grammar.
    pub evidence: Vec<f64>,
}

/// Trains the models, three of them.
pub fn measure(date: &str) -> Result<()> {
    let lab = Lab::new()?;
    let mut ledger = Ledger::open(PART, date)?;
    for seed in SEEDS {
        ledger.once(PART, |run: &Run| run.seed == seed, || run(&lab, seed))?;
    }
    Ok(())
}

fn run(lab: &Lab, seed: u64) -> Result<Run> {
    let suspects = Stream::Suspects(seed).stories(TIMES.len() * GROUP);
    let groups: Vec<&[String]> = suspects.chunks(GROUP).collect();
    let mut read: Vec<&String> = Vec::new();
    for (group, times) in groups.iter().zip(TIMES) {
        read.extend((0..times).flat_map(|_| group.iter()));
    }
    let clean = Stream::Clean(seed).stories(DOCUMENTS - read.len());
    read.extend(&clean);
    read.shuffle(&mut Stream::Order(seed).generator());
    let (model, _): (Model, usize) = lab.read(&read, seed, RATE);
    let groups = groups.iter().zip(TIMES).map(|(group, times)| {
        let costs = lab.judge(&model, group)?;
        Ok(Group { times, evidence: costs.iter().map(|costs| evidence(costs)).collect() })
    });
    Ok(Run { seed, groups: groups.collect::<Result<_>>()? })
}
