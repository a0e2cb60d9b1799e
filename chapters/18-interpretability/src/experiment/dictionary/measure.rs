//! The measurement.

use super::DEPTH;
use super::data::{Part, frequent, stories};
use super::others::{active, coverage, others};
use super::record::{Dictionary, FILE, Record, Size};
use crate::experiment::trained::{WIDTH, trained};
use anyhow::Result;
use deep_networks::{Dropout, numbers};
use dfdx::prelude::{Cpu, HasShape, NoneTape, TensorFromVec};
use gpt::Gpt;
use gpt::evaluate::log_softmax;
use gpt::seen::Place;
use gpt::sizes::LaptopBpe;
use interpretability::dictionary::choices::Key;
use interpretability::dictionary::{Autoencoder, Learning, train};
use kernels::Workers;
use kernels::measured::{load, processor, save};
use std::f64::consts::LN_2;
use std::path::Path;

const LEARN_FROM: usize = 500;
const CHOOSE: usize = 400;
const JUDGE: usize = 400;
/// Stories whose bits are counted.
const BITS_OF: usize = 60;
/// Rates of which the best is taken.
const RATES: [f64; 5] = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1];
const EPOCHS: usize = 5;
/// Features and k of the dictionaries.
const SIZES: [(usize, usize); 4] = [(512, 8), (512, 16), (512, 32), (1536, 16)];
const SEEDS: [u64; 3] = [1, 2, 3];

/// Measures, and keeps what was found.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let (model, tokenizer) = trained(folder)?;
    let [learn, choose, judge] = [(60, LEARN_FROM), (61, CHOOSE), (62, JUDGE)]
        .map(|(purpose, count)| stories(purpose, count, &tokenizer));
    let (learn, choose, judge) = (learn?, choose?, judge?);
    let mut key = Key::default();
    for (_, thing) in [&learn, &choose, &judge].into_iter().flatten().flat_map(|(_, told)| told) {
        key.number(thing.clone());
    }
    let texts: Vec<Vec<usize>> = judge.iter().take(BITS_OF).map(|(tokens, _)| tokens.clone()).collect();
    let [learn, choose, judge] = [&learn, &choose, &judge].map(|all| Part::of(&model, all, &key));
    let halves = [&choose, &judge];
    let often = frequent(&key, halves);
    let mut record: Record = if Path::new(FILE).exists() {
        load(FILE)?
    } else {
        let begun = |seed: u64| {
            train(&learn.vectors, WIDTH, &Learning { epochs: 0, ..learning((512, 16), RATES[0], seed) })
        };
        let mean = begun(1).mean;
        Record {
            processor: processor(),
            date: date.to_owned(),
            vectors: learn.things.len(),
            choose: CHOOSE,
            judge: JUDGE,
            things: often.iter().filter(|often| **often).count(),
            bits: bits(&model, &texts, |x| x),
            bits_mean: bits(&model, &texts, |x| mean.repeat(x.len() / WIDTH)),
            sizes: Vec::new(),
            others: others(&learn, halves, &key, &often),
            twins_at_first: twins(&begun(2), &(0..512).collect::<Vec<_>>(), &begun(1)),
        }
    };
    save(FILE, &record)?;
    for (features, k) in SIZES {
        if record.sizes.iter().any(|size| (size.features, size.k) == (features, k)) {
            continue;
        }
        let tried: Vec<(f64, Autoencoder)> = Workers::with(2).map(RATES.to_vec(), |rate: f64| {
            (rate, train(&learn.vectors, WIDTH, &learning((features, k), rate, SEEDS[0])))
        });
        let rates: Vec<(f64, f64)> =
            tried.iter().map(|(rate, model)| (*rate, explained(model, &choose.vectors))).collect();
        let chosen = (0..RATES.len()).max_by(|&a, &b| rates[a].1.total_cmp(&rates[b].1)).expect("rates");
        let mut learned = vec![tried[chosen].1.clone()];
        learned.extend(Workers::with(2).map(SEEDS[1..].to_vec(), |seed: u64| {
            train(&learn.vectors, WIDTH, &learning((features, k), RATES[chosen], seed))
        }));
        let judge_one = |(one, seed): (&Autoencoder, u64)| {
            let active = halves.map(|half| active(one, &half.vectors));
            let alive: Vec<usize> = (0..features).filter(|&i| !active[1][i].is_empty()).collect();
            Dictionary {
                seed,
                explained: explained(one, &judge.vectors),
                dead: features - alive.len(),
                bits: bits(&model, &texts, |x| one.through(&x)),
                coverage: coverage([&active[0], &active[1]], halves, &key, &often),
                twins: (seed != SEEDS[0]).then(|| twins(one, &alive, &learned[0])),
            }
        };
        let dictionaries = learned.iter().zip(SEEDS).map(judge_one).collect();
        record.sizes.push(Size { features, k, rates, dictionaries });
        save(FILE, &record)?;
        eprintln!("{:?}", record.sizes.last());
    }
    Ok(())
}

fn learning((features, k): (usize, usize), rate: f64, seed: u64) -> Learning {
    Learning { features, k, epochs: EPOCHS, batch: 256, rate, seed }
}

/// The share of the variance that comes back.
fn explained(model: &Autoencoder, vectors: &[f32]) -> f64 {
    let xs = model.standard(vectors);
    let (mut lost, mut all) = (0.0, 0.0);
    for (x, code) in xs.chunks_exact(WIDTH).zip(model.encode(&xs)) {
        lost += x.iter().zip(model.decode(&code)).map(|(a, b)| f64::from((a - b).powi(2))).sum::<f64>();
        all += x.iter().map(|a| f64::from(a * a)).sum::<f64>();
    }
    1.0 - lost / all
}

fn twins(model: &Autoencoder, alive: &[usize], first: &Autoencoder) -> f64 {
    let row = |model: &'_ Autoencoder, i: usize| model.decoder[i * WIDTH..(i + 1) * WIDTH].to_vec();
    let rows: Vec<Vec<f32>> = (0..first.features()).map(|i| row(first, i)).collect();
    let has_twin = |&i: &usize| {
        let mine = row(model, i);
        rows.iter().any(|other| mine.iter().zip(other).map(|(a, b)| a * b).sum::<f32>() > 0.9)
    };
    alive.iter().filter(|i| has_twin(i)).count() as f64 / alive.len().max(1) as f64
}

/// Mean bits of a story, where the stream at the depth in question is changed.
fn bits(model: &Gpt<LaptopBpe>, texts: &[Vec<usize>], change: impl Fn(Vec<f32>) -> Vec<f32> + Sync) -> f64 {
    let of = |tokens: &Vec<usize>| -> f64 {
        let inputs = &tokens[..tokens.len() - 1];
        let x = model.stream_seen(inputs, 1, NoneTape, &mut Dropout::off(), |place, x| {
            if place != Place::Thought(DEPTH - 1) {
                return x;
            }
            Cpu::default().tensor_from_vec(change(numbers(&x)), *HasShape::shape(&x))
        });
        let scores = numbers(&model.scores(x));
        let rows = scores.chunks_exact(scores.len() / inputs.len()).zip(&tokens[1..]);
        rows.map(|(scores, &token)| -log_softmax(scores)[token] / LN_2).sum()
    };
    let all = Workers::with(2).map(texts.iter().collect(), of);
    all.iter().sum::<f64>() / all.len() as f64
}
