//! A reward that can be gamed: a classifier that has learned from examples what is valid, and what becomes
//! of the stories when one chooses by it, and when one trains on it. And raters who like something else.

use super::CHAPTER;
use super::frontier::{dpo, paired, policy};
use super::ledger::Ledger;
use super::start::{Judged, Purpose, SEEDS, Start};
use adaptation::answer::Drawn;
use adaptation::diversity::Estimate;
use adaptation::frontier::without_ties;
use adaptation::policy::Recipe;
use adaptation::reward::{best_of_pool, is_valid, parsed};
use anyhow::Result;
use data_quality::linear::{Learning, Linear};
use data_quality::roc::Area;
use figures::{Chart, save};
use generation::Sampling;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::path::Path;

const PART: &str = "gaming";
/// Stories that the proxy has learned from, and of which the best are chosen.
const LABELLED: usize = 1000;
const POOL: usize = 2000;
/// The proxy's settings are those of chapter 17's filter.
const LEARNING: Learning = Learning { buckets: 1 << 16, epochs: 10, rate: 0.5, seed: 1 };
/// Sizes of best of n.
const SIZES: [usize; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/// Training on the proxy.
const STEPS: usize = 40;
const TRAINED: f64 = 3e-4;
/// Training on what raters prefer.
const WRITTEN: usize = 2000;
const BETA: f64 = 0.1;
const RATE: f64 = 3e-5;

/// What is done with the proxy, or with raters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// The best of many by the proxy.
    Choose,
    /// A policy gradient on the proxy, at this rate.
    Train(f64),
    /// DPO by raters who prefer what is valid.
    Honest,
    /// By raters who prefer a story about a girl, and only between two of one kind what is valid.
    Vain,
}

/// One run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    what: What,
    seed: u64,
    /// The proxy's area under the curve, and its error.
    area: Option<[f64; 2]>,
    /// By size of best of n, or by step: the proxy's mean, and the share that is valid.
    proxy: Vec<f64>,
    gold: Vec<f64>,
    /// The share of stories about a girl.
    girls: Option<[f64; 2]>,
    judged: Option<Judged>,
}

/// Whether it is about a girl.
fn of_a_girl(text: &str) -> bool {
    text.lines().next().is_some_and(|first| first.contains(" girl called "))
}

/// Measures with the default run's model, which lies in `folder`.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let start = Start::load(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let kinds = [What::Choose, What::Honest, What::Vain, What::Train(TRAINED)];
    let jobs: Vec<(What, u64)> =
        kinds.into_iter().flat_map(|what| SEEDS.map(|seed| (what, seed))).collect();
    let is = |run: &Run, (what, seed): &(What, u64)| run.what == *what && run.seed == *seed;
    ledger.fill(PART, &jobs, is, |(what, seed)| {
        let run = make(&start, what, seed)?;
        eprintln!("{what:?}, seed {seed}: {:.3?}", run.gold);
        Ok(run)
    })
}

/// The proxy of this seed.
fn proxy(start: &Start, seed: u64) -> Linear {
    let labelled = start.write(Purpose::Labels, seed, LABELLED);
    let texts = |valid: bool| -> Vec<String> {
        labelled.iter().filter(|d| (parsed(d) > 0.0) == valid).map(|d| d.text.clone()).collect()
    };
    Linear::train(&texts(true), &texts(false), LEARNING)
}

fn make(start: &Start, what: What, seed: u64) -> Result<Run> {
    let run =
        Run { what, seed, area: None, proxy: Vec::new(), gold: Vec::new(), girls: None, judged: None };
    let plain = Sampling::at(1.0);
    Ok(match what {
        What::Choose => {
            let proxy = proxy(start, seed);
            let pool = start.write(Purpose::Pool, seed, POOL);
            let scored: Vec<(f64, f64)> = pool.iter().map(|d| (proxy.score(&d.text), parsed(d))).collect();
            let of = |valid: f64| -> Vec<f64> {
                scored.iter().filter(|(_, gold)| *gold == valid).map(|(score, _)| *score).collect()
            };
            let area = Area::of(&of(1.0), &of(0.0));
            let itself: Vec<(f64, f64)> = scored.iter().map(|(score, _)| (*score, *score)).collect();
            Run {
                area: Some([area.area, area.error]),
                proxy: best_of_pool(&itself, &SIZES),
                gold: best_of_pool(&scored, &SIZES),
                ..run
            }
        }
        What::Train(rate) => {
            let (proxy, gold) = (proxy(start, seed), RefCell::new(Vec::new()));
            let judge = |drawn: &[Drawn]| -> Vec<f64> {
                let valid = drawn.iter().map(parsed).sum::<f64>();
                gold.borrow_mut().push(valid / drawn.len() as f64);
                drawn.iter().map(|drawn| proxy.score(&drawn.text)).collect()
            };
            let (model, curve) = policy(start, &Recipe::GRPO, rate, STEPS, seed, judge)?;
            let judged = Some(start.judge(&model, plain, seed));
            Run { proxy: curve, gold: gold.into_inner(), judged, ..run }
        }
        What::Honest | What::Vain => {
            let drawn = start.write(Purpose::Learning, seed, WRITTEN);
            let pairs = if what == What::Honest {
                paired(&drawn, seed, parsed)?
            } else {
                // Two at a time: the girl's, or, of two alike, the valid one; of two equals nothing is learned.
                let liked = |d: &Drawn| (of_a_girl(&d.text), parsed(d) > 0.0);
                let both = drawn.chunks_exact(2).filter(|two| liked(&two[0]) != liked(&two[1]));
                both.map(|two| {
                    let (a, b) = (two[0].answer.clone(), two[1].answer.clone());
                    if liked(&two[0]) > liked(&two[1]) { (a, b) } else { (b, a) }
                })
                .collect()
            };
            let pairs = pairs.into_iter().take(WRITTEN / 8).collect();
            let model = dpo(start, pairs, BETA, RATE, seed);
            let judged = start.judge(&model, plain, seed);
            let told = start.told(&model, seed);
            let girls = Estimate::share(told.iter().filter(|d| of_a_girl(&d.text)).count(), told.len());
            let gold = told.iter().filter(|d| is_valid(&d.text)).count() as f64 / told.len() as f64;
            Run { gold: vec![gold], girls: Some([girls.mean, girls.error]), judged: Some(judged), ..run }
        }
    })
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nA reward that can be gamed ({}, {})", ledger.processor, ledger.date);
    println!(
        "a classifier that has seen {LABELLED} labelled stories; best of n by it out of {POOL}, seed by seed"
    );
    let mut chart =
        Chart::new("Chosen by a proxy", "KL to the start, bits a story", "share of valid stories");
    let chosen: Vec<&Run> = ledger.runs.iter().filter(|run| run.what == What::Choose).collect();
    for run in &chosen {
        let [area, error] = run.area.unwrap_or([f64::NAN; 2]);
        println!("  seed {}: area under the curve {area:.3} ± {error:.3}", run.seed);
        let bits = SIZES.map(|n| without_ties(n as u32));
        chart = chart.line(&format!("seed {}", run.seed), bits.into_iter().zip(run.gold.clone()));
    }
    for (i, n) in SIZES.iter().enumerate() {
        let row = |of: fn(&Run) -> &Vec<f64>| {
            chosen.iter().map(|run| format!("{:>7.3}", of(run)[i])).collect::<Vec<String>>().concat()
        };
        println!(
            "  best of {n:<4} valid{}   the proxy's score{}",
            row(|run| &run.gold),
            row(|run| &run.proxy)
        );
    }
    println!("\ntraining on the proxy: its mean, and the share that is valid, in each sixth of the steps");
    for run in &ledger.runs {
        if let (What::Train(rate), Some(judged)) = (run.what, &run.judged) {
            let sixths = |of: &[f64]| -> Vec<String> {
                let parts = of.chunks(of.len().div_ceil(6));
                parts.map(|part| format!("{:.2}", part.iter().sum::<f64>() / part.len() as f64)).collect()
            };
            println!("  {rate:e}, seed {}: proxy {}", run.seed, sixths(&run.proxy).join(" "));
            println!("  {rate:e}, seed {}: valid {}", run.seed, sixths(&run.gold).join(" "));
            let (v, [kl, error]) = (judged.v(), judged.kl);
            println!(
                "  {rate:e}, seed {}: at the end {:.3} ± {:.3} valid, {kl:.1} ± {error:.1} bits from the start",
                run.seed, v.mean, v.error
            );
        }
    }
    println!("\nDPO by raters, {} pairs: stories about a girl, and valid ones", WRITTEN / 8);
    for run in &ledger.runs {
        if let (Some([girls, error]), Some(judged)) = (run.girls, &run.judged) {
            let v = judged.v();
            println!(
                "  {:<8} seed {}: girls {girls:.3} ± {error:.3}, valid {:.3} ± {:.3}, {:.2} bits from the start",
                format!("{:?}", run.what).to_lowercase(),
                run.seed,
                v.mean,
                v.error,
                judged.kl[0]
            );
        }
    }
    Ok(save(CHAPTER, "gaming", &chart.draw()?)?)
}
