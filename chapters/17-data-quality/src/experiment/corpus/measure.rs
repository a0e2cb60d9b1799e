//! The runs: which are made, and how one is.

use super::PART;
use super::line::Line;
use super::plan::{next_rates, rate};
use super::record::{Job, Run};
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::{FEW, Lab, above};
use anyhow::Result;
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use std::path::Path;

/// Trains the models: first each line at several rates, with one seed, then with all seeds at the best of
/// them. The folder of the default run is needed for its tokens.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let lab = Lab::from_nothing(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let fill = |ledger: &mut Ledger<Run>, jobs: &[Job]| {
        ledger.fill(PART, jobs, |run, job| run.is(*job), |job| run(&lab, job))
    };
    loop {
        let jobs: Vec<Job> = Line::EACH.into_iter().flat_map(|line| next_rates(&ledger, line)).collect();
        if jobs.is_empty() {
            break;
        }
        fill(&mut ledger, &jobs)?;
    }
    let mut jobs = Vec::new();
    for seed in FEW {
        for line in Line::EACH {
            jobs.push(Job { line, seed, rate: rate(&ledger, line)? });
        }
    }
    fill(&mut ledger, &jobs)
}

fn run(lab: &Lab<Gpt<LaptopBpe>>, Job { line, seed, rate }: Job) -> Result<Run> {
    let pool = Line::pool(seed)?;
    let texts: Vec<Vec<usize>> = pool.texts.iter().map(|text| lab.as_read(text)).collect();
    let lengths: Vec<usize> = texts.iter().map(Vec::len).collect();
    let places = line.read(&pool, &lengths, seed)?;
    let read: Vec<&[usize]> = places.iter().map(|&(place, tokens)| &texts[place][..tokens]).collect();
    let model = lab.read_tokens(&read, seed, rate);
    let bits = |stories: &[String]| Ok::<_, anyhow::Error>(above(&lab.judge(&model, stories)?));
    let run = Run {
        line: line.name().to_owned(),
        seed,
        rate,
        tokens: read.iter().map(|text| text.len()).sum(),
        texts: read.len(),
        dirty: places.iter().filter(|(place, _)| !pool.clean[*place]).count(),
        validation: Some(bits(&lab.validation)?.iter().sum()),
        above: bits(&lab.test)?,
    };
    eprintln!("{}, seed {seed}, rate {rate}: {:.2} bits", run.line, run.bits());
    Ok(run)
}
