//! What is no dictionary, judged in the same way.

use super::data::{Part, of_f1};
use super::record::{Coverage, Other};
use crate::experiment::trained::WIDTH;
use gpt::evaluate::log_softmax;
use interpretability::dictionary::choices::Key;
use interpretability::dictionary::score::{best, judged};
use interpretability::dictionary::{Autoencoder, Learning, train};
use interpretability::probe::Probe;
use kernels::Workers;

/// By feature where it is active, and how strongly.
pub type Active = Vec<Vec<(usize, f32)>>;

/// What the features of a dictionary say of some vectors.
pub fn active(model: &Autoencoder, vectors: &[f32]) -> Active {
    let mut active = vec![Vec::new(); model.features()];
    for (position, code) in model.encode(&model.standard(vectors)).into_iter().enumerate() {
        for (feature, f) in code {
            active[feature].push((position, f));
        }
    }
    active
}

/// Chooses the best feature for each thing on the first half, and judges it on the second.
pub fn coverage(active: [&Active; 2], halves: [&Part; 2], key: &Key, frequent: &[bool]) -> Coverage {
    let chosen = best(active[0].len(), |i| active[0][i].clone(), &halves[0].things, key.len() + 1);
    of_f1(&judged(&chosen[..key.len()], |i| active[1][i].clone(), &halves[1].things), key, frequent)
}

/// One that has learned nothing, the numbers of the stream themselves, and a probe that was told the
/// answers.
pub fn others(learn: &Part, halves: [&Part; 2], key: &Key, frequent: &[bool]) -> Vec<Other> {
    let nothing = Learning { features: 512, k: 16, epochs: 0, batch: 256, rate: 0.0, seed: 1 };
    let untrained = train(&learn.vectors, WIDTH, &nothing);
    let drawn = halves.map(|half| active(&untrained, &half.vectors));
    let row = |name: &str, coverage: Coverage| Other { name: name.to_owned(), coverage };
    vec![
        row("a probe that was told the answers", probes(learn, halves, key, frequent)),
        row("the stream's own numbers", numbers(halves, key, frequent)),
        row("512 vectors as they are", coverage([&drawn[0], &drawn[1]], halves, key, frequent)),
    ]
}

/// Each number of the stream, and its negative, as a feature that is active everywhere.
fn numbers(halves: [&Part; 2], key: &Key, frequent: &[bool]) -> Coverage {
    let feature = |half: usize, i: usize| {
        let sign = if i < WIDTH { 1.0 } else { -1.0 };
        halves[half].rows().iter().enumerate().map(|(at, x)| (at, sign * x[i % WIDTH])).collect::<Vec<_>>()
    };
    let chosen = best(2 * WIDTH, |i| feature(0, i), &halves[0].things, key.len() + 1);
    of_f1(&judged(&chosen[..key.len()], |i| feature(1, i), &halves[1].things), key, frequent)
}

/// One probe for all things, made of the vectors that the dictionaries learn from: the log-odds of each
/// thing are its feature, with a threshold that is chosen as for the others.
fn probes(learn: &Part, halves: [&Part; 2], key: &Key, frequent: &[bool]) -> Coverage {
    let probe = Probe::fit(&learn.rows(), &learn.things, key.len() + 1);
    let scores = halves.map(|half| {
        Workers::with(2).map(half.rows(), |x: &[f32]| {
            let scores: Vec<f32> = probe.scores(x).into_iter().map(|score| score as f32).collect();
            log_softmax(&scores).into_iter().map(|p| p as f32).collect::<Vec<f32>>()
        })
    });
    let f1: Vec<f64> = Workers::with(2).map((0..key.len()).collect(), |thing: usize| {
        if !frequent[thing] {
            return 0.0;
        }
        // There is no other feature to choose.
        let is = |half: usize| {
            halves[half].things.iter().map(|&other| usize::from(other == thing)).collect::<Vec<_>>()
        };
        let of = |half: usize| scores[half].iter().map(|row| row[thing]).enumerate().collect::<Vec<_>>();
        let chosen = best(1, |_| of(0), &is(0), 2);
        judged(&chosen, |_| of(1), &is(1))[1]
    });
    of_f1(&f1, key, frequent)
}
