//! Megabytes a second on one core, stage by stage: measured once and kept. The clock is that of the thread,
//! which stands still while another program has the core.

use super::stages::{ALL, FOR_COMPARISON, PART_OF_ANOTHER, stages, stories};
use anyhow::Result;
use cpu_time::ThreadTime;
use kernels::measured::{load, median, processor, save};
use serde::{Deserialize, Serialize};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/speed.json");
const ROUNDS: usize = 31;

#[derive(Serialize, Deserialize)]
struct Speeds {
    date: String,
    processor: String,
    stages: Vec<Speed>,
}

#[derive(Serialize, Deserialize)]
struct Speed {
    stage: String,
    /// Megabytes a second of the thread's own time in each round.
    rounds: Vec<f64>,
}

/// Each stage reads a megabyte of stories, several times.
pub fn measure(date: &str) -> Result<()> {
    let texts = stories();
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let one = |(name, mut work): super::stages::Stage| {
        let mut round = || {
            let start = ThreadTime::now();
            for text in &texts {
                work(text);
            }
            megabytes / start.elapsed().as_secs_f64()
        };
        round();
        Speed { stage: name.to_owned(), rounds: (0..ROUNDS).map(|_| round()).collect() }
    };
    let stages = stages().into_iter().map(one).collect();
    Ok(save(FILE, &Speeds { date: date.to_owned(), processor: processor(), stages })?)
}

pub fn report() -> Result<()> {
    let speeds: Speeds = load(FILE)?;
    println!("\nmegabytes of stories a second on one core of {}, {}", speeds.processor, speeds.date);
    println!("  {:<26}{:>8}   lowest, highest of {ROUNDS} rounds", "", "middle");
    let mut seconds = 0.0;
    for Speed { stage, rounds } in &speeds.stages {
        if ![PART_OF_ANOTHER, FOR_COMPARISON, ALL].contains(&stage.as_str()) {
            seconds += 1.0 / median(rounds);
        }
        let (low, high) =
            rounds.iter().fold((f64::MAX, 0.0_f64), |(low, high), &x| (low.min(x), high.max(x)));
        println!("  {stage:<26}{:>8.1}   {low:.1}, {high:.1}", median(rounds));
    }
    println!("  {:<26}{:>8.1}", "by the sum of the times", 1.0 / seconds);
    Ok(())
}
