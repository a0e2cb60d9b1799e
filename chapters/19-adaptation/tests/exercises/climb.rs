//! The judge of `climb`. The answer is judged with the reader's own `advantages` and `best_of`, wrong answers
//! with the same.

#[cfg_attr(feature = "exercises", path = "../../exercises/climb.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/climb.rs")]
mod answer;
#[path = "../../exercises/wrong/climb-forgets-what-was.rs"]
mod forgets_what_was;
#[path = "../../exercises/wrong/climb-no-clip.rs"]
mod no_clip;
#[path = "../../exercises/wrong/climb-no-ratio.rs"]
mod no_ratio;
#[path = "../../exercises/wrong/climb-one-score.rs"]
mod one_score;
#[path = "../../exercises/wrong/climb-stays-outside.rs"]
mod stays_outside;
#[path = "../../exercises/wrong/climb-sum.rs"]
mod sum;

use super::advantages::answer::advantages;
use super::best_of::answer::best_of;
use super::same::same;
use rand::Rng;
use tensors::seeds;

type Climb = fn(&[f64], &[usize], &[f64], (f64, usize, f64)) -> Vec<f64>;

fn softmax(scores: &[f64]) -> Vec<f64> {
    let weights: Vec<f64> = scores.iter().map(|score| score.exp()).collect();
    weights.iter().map(|weight| weight / weights.iter().sum::<f64>()).collect()
}

/// What PPO makes of a batch.
fn objective(scores: &[f64], old: &[f64], drawn: &[usize], a: &[f64], clip: f64) -> f64 {
    let now = softmax(scores);
    let of = |i: usize| {
        let ratio = now[drawn[i]] / old[drawn[i]];
        (ratio * a[i]).min(ratio.clamp(1.0 - clip, 1.0 + clip) * a[i])
    };
    (0..drawn.len()).map(of).sum::<f64>() / drawn.len() as f64
}

/// The same steps with slopes from central differences.
fn by_differences(
    scores: &[f64],
    drawn: &[usize],
    a: &[f64],
    (rate, updates, clip): (f64, usize, f64),
) -> Vec<f64> {
    let (old, mut scores) = (softmax(scores), scores.to_vec());
    for _ in 0..updates {
        let at = |k: usize, by: f64| {
            let mut moved = scores.clone();
            moved[k] += by;
            objective(&moved, &old, drawn, a, clip)
        };
        let slopes: Vec<f64> = (0..scores.len()).map(|k| (at(k, 1e-6) - at(k, -1e-6)) / 2e-6).collect();
        scores.iter_mut().enumerate().for_each(|(k, score)| *score += rate * slopes[k]);
    }
    scores
}

fn judge(climb: Climb) {
    let check = |scores: &[f64], drawn: &[usize], a: &[f64], how: (f64, usize, f64), why: &str| {
        let what = format!("{why}: scores {scores:?}, drawn {drawn:?}, advantages {a:?}, {how:?}");
        same(&what, &climb(scores, drawn, a, how), &by_differences(scores, drawn, a, how), 1e-6);
    };
    check(&[0.0, 1.0], &[1, 0], &[0.0, 0.0], (1.0, 3, 0.2), "without advantages nothing moves");
    check(&[0.0, 0.0], &[0], &[1.0], (0.1, 1, 0.2), "one text, one step: the other's score falls");
    check(
        &[0.3, -0.5, 1.0],
        &[2, 0, 0, 1],
        &[0.5, -0.2, 1.0, -1.3],
        (0.3, 1, 0.2),
        "a step with four texts",
    );
    check(&[0.3, -0.5, 1.0], &[2, 1], &[0.5, -1.0], (0.2, 2, 0.5), "in a second step a ratio is not 1");
    check(&[0.0, 0.0, 0.0], &[0, 1], &[1.0, -1.0], (0.9, 6, 0.1), "who has gone far enough is let go");
    // Text 0 is drawn three times and pulls text 1 far down, whose own advantage wants it back up.
    let (drawn, a) = ([0, 0, 0, 1], [2.0, 2.0, 2.0, 1.0]);
    check(&[0.0, 0.0], &drawn, &a, (1.5, 5, 0.1), "who was sent the other way may come back");

    // A hundred batches of 32 texts, of which two of eight are valid.
    let (start, mut rng) = (vec![0.0; 8], seeds::generator(6));
    let valid: Vec<f64> = (0..8).map(|x| f64::from(u8::from(x < 2))).collect();
    let mut scores = start.clone();
    for _ in 0..100 {
        let p = softmax(&scores);
        let drawn: Vec<usize> = (0..32)
            .map(|_| {
                let mut ticket = rng.r#gen::<f64>();
                let hit = (0..8).find(|&x| {
                    ticket -= p[x];
                    ticket < 0.0
                });
                hit.unwrap_or(7)
            })
            .collect();
        let rewards: Vec<f64> = drawn.iter().map(|&x| valid[x]).collect();
        scores = climb(&scores, &drawn, &advantages(&[0; 32], &rewards), (1.0, 2, 0.2));
    }
    let (p, p0) = (softmax(&scores), softmax(&start));
    let v = p[0] + p[1];
    assert!(v > 0.9, "after a hundred batches a valid text has a probability of {v:.3}, less than 0.9");
    let kl =
        |p: &[f64]| -> f64 { (0..8).filter(|&x| p[x] > 0.0).map(|x| p[x] * (p[x] / p0[x]).log2()).sum() };
    // The smallest n whose best is not as good: what it costs is less.
    let n = (1..40).rfind(|&n| best_of(&p0, &valid, n)[..2].iter().sum::<f64>() <= v).unwrap_or(1);
    let cheapest = kl(&best_of(&p0, &valid, n));
    assert!(
        kl(&p) >= cheapest - 1e-9,
        "no policy is cheaper than best of {n}, which costs {cheapest:.3} bits; yours has {:.3}",
        kl(&p)
    );
}

#[test]
fn climb() {
    judge(answer::climb);
}

#[test]
#[should_panic(expected = "in a second step a ratio is not 1")]
fn forgets_what_was() {
    judge(forgets_what_was::climb);
}

#[test]
#[should_panic(expected = "who has gone far enough is let go")]
fn no_clip() {
    judge(no_clip::climb);
}

#[test]
#[should_panic(expected = "in a second step a ratio is not 1")]
fn no_ratio() {
    judge(no_ratio::climb);
}

#[test]
#[should_panic(expected = "one text, one step: the other's score falls")]
fn one_score() {
    judge(one_score::climb);
}

#[test]
#[should_panic(expected = "who was sent the other way may come back")]
fn stays_outside() {
    judge(stays_outside::climb);
}

#[test]
#[should_panic(expected = "a step with four texts")]
fn sum() {
    judge(sum::climb);
}
