//! The measurement.

use super::DEPTH;
use super::data::{Part, coverage, every_token, frequent, of_f1, stories};
use super::record::{Coverage, Dictionary, FILE, Other, Record};
use crate::experiment::trained::{WIDTH, trained};
use anyhow::Result;
use deep_networks::{Dropout, numbers};
use dfdx::prelude::{Cpu, HasShape, NoneTape, TensorFromVec};
use gpt::Gpt;
use gpt::evaluate::log_softmax;
use gpt::seen::Place;
use gpt::sizes::LaptopBpe;
use interpretability::dictionary::choices::Key;
use interpretability::dictionary::score::{best, judged};
use interpretability::dictionary::{Autoencoder, Learning, train};
use interpretability::probe::Probe;
use kernels::Workers;
use kernels::measured::{load, processor, save};
use std::f64::consts::LN_2;
use std::path::Path;

const LEARN_FROM: usize = 500;
const CHOOSE: usize = 500;
const JUDGE: usize = 500;
/// Stories whose bits are counted.
const BITS_OF: usize = 60;
const RATE: f64 = 1e-3;
/// Features and k of the dictionaries.
const SIZES: [(usize, usize); 4] = [(512, 8), (512, 16), (512, 32), (1536, 16)];
const SEEDS: [u64; 3] = [1, 2, 3];

type Active = Vec<Vec<(usize, f32)>>;

/// Measures, and keeps what was found.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let (model, tokenizer) = trained(folder)?;
    let [learn, choose, judge] = [(60, LEARN_FROM), (61, CHOOSE), (62, JUDGE)]
        .map(|(purpose, count)| stories(purpose, count, &tokenizer));
    let (learn, choose, judge) = (learn?, choose?, judge?);
    let mut key = Key::default();
    let halves = [&choose, &judge].map(|half| Part::of(&model, half, &mut key));
    let halves = [&halves[0], &halves[1]];
    let often = frequent(key.len(), halves);
    let stream = every_token(&model, &learn);
    let texts: Vec<Vec<usize>> = judge.iter().take(BITS_OF).map(|(tokens, _)| tokens.clone()).collect();
    let mut record: Record = if Path::new(FILE).exists() {
        load(FILE)?
    } else {
        let mean = mean(&stream);
        Record {
            processor: processor(),
            date: date.to_owned(),
            vectors: stream.len() / WIDTH,
            choose: CHOOSE,
            judge: JUDGE,
            things: often.iter().filter(|often| **often).count(),
            bits: bits(&model, &texts, |x| x),
            bits_mean: bits(&model, &texts, |x| mean.repeat(x.len() / WIDTH)),
            dictionaries: Vec::new(),
            others: Vec::new(),
        }
    };
    if record.others.is_empty() {
        record.others = others(&stream, halves, &key, &often);
        save(FILE, &record)?;
    }
    for (features, k) in SIZES {
        let missing: Vec<u64> = SEEDS
            .into_iter()
            .filter(|&seed| {
                !record.dictionaries.iter().any(|d| (d.features, d.k, d.seed) == (features, k, seed))
            })
            .collect();
        if missing.is_empty() {
            continue;
        }
        // All seeds again, since the others are compared with the first.
        let learned: Vec<Autoencoder> = Workers::with(2).map(SEEDS.to_vec(), |seed: u64| {
            train(&stream, WIDTH, &Learning { features, k, epochs: 5, batch: 256, rate: RATE, seed })
        });
        for (model_of, seed) in learned.iter().zip(SEEDS).filter(|(_, seed)| missing.contains(seed)) {
            let active = halves.map(|half| active(model_of, &half.vectors));
            let alive: Vec<usize> = (0..features).filter(|&i| !active[1][i].is_empty()).collect();
            record.dictionaries.push(Dictionary {
                features,
                k,
                seed,
                explained: explained(model_of, &halves[1].vectors),
                dead: features - alive.len(),
                bits: bits(&model, &texts, |x| model_of.through(&x)),
                coverage: coverage([&active[0], &active[1]], halves, &key, &often),
                twins: twins(model_of, &alive, &learned[0]),
            });
            eprintln!("{:?}", record.dictionaries.last());
        }
        save(FILE, &record)?;
    }
    Ok(())
}

fn mean(stream: &[f32]) -> Vec<f32> {
    let n = (stream.len() / WIDTH) as f64;
    let sum = |i: usize| stream.iter().skip(i).step_by(WIDTH).map(|&x| f64::from(x)).sum::<f64>();
    (0..WIDTH).map(|i| (sum(i) / n) as f32).collect()
}

/// By feature where it is active and how strongly.
fn active(model: &Autoencoder, vectors: &[f32]) -> Active {
    let mut active = vec![Vec::new(); model.features()];
    for (position, code) in model.encode(&model.standard(vectors)).into_iter().enumerate() {
        for (feature, f) in code {
            active[feature].push((position, f));
        }
    }
    active
}

/// What is no dictionary: one that has learned nothing, the numbers of the stream themselves, and a probe for each
/// thing.
fn others(stream: &[f32], halves: [&Part; 2], key: &Key, often: &[bool]) -> Vec<Other> {
    let untrained = train(
        stream,
        WIDTH,
        &Learning { features: 512, k: 16, epochs: 0, batch: 256, rate: RATE, seed: 1 },
    );
    let drawn = halves.map(|half| active(&untrained, &half.vectors));
    // Each number, and its negative.
    let numbers = halves.map(|half| -> Active {
        (0..2 * WIDTH)
            .map(|i| {
                let sign = if i < WIDTH { 1.0 } else { -1.0 };
                half.rows().iter().enumerate().map(|(at, x)| (at, sign * x[i % WIDTH])).collect()
            })
            .collect()
    });
    let row = |name: &str, coverage: Coverage| Other { name: name.to_owned(), coverage };
    vec![
        row("linear probes", probes(halves, key, often)),
        row("the stream's own numbers", coverage([&numbers[0], &numbers[1]], halves, key, often)),
        row(
            "a dictionary of 512 vectors as they are",
            coverage([&drawn[0], &drawn[1]], halves, key, often),
        ),
    ]
}

/// One probe for all things: the log-odds of each against the rest, with a threshold that is chosen as for a feature.
fn probes(halves: [&Part; 2], key: &Key, often: &[bool]) -> Coverage {
    let probe = Probe::fit(&halves[0].rows(), &halves[0].things, key.len());
    let scores = halves.map(|half| {
        Workers::with(2).map(half.rows(), |x: &[f32]| {
            let scores: Vec<f32> = probe.scores(x).into_iter().map(|score| score as f32).collect();
            log_softmax(&scores).into_iter().map(|p| p as f32).collect::<Vec<f32>>()
        })
    });
    let f1: Vec<f64> = Workers::with(2).map((0..key.len()).collect(), |thing: usize| {
        if !often[thing] {
            return 0.0;
        }
        // A feature that says nothing of other things: there is no other to choose.
        let is = |half: usize| {
            halves[half].things.iter().map(|&other| usize::from(other == thing)).collect::<Vec<_>>()
        };
        let of =
            |half: usize| vec![scores[half].iter().map(|row| row[thing]).enumerate().collect::<Vec<_>>()];
        let chosen = best(&of(0), &is(0), 2);
        judged(&chosen, &of(1), &is(1))[1]
    });
    of_f1(&f1, key, often)
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
