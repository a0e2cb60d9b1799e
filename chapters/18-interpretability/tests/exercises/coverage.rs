//! The judge of `coverage`.

#[path = "../../exercises/wrong/coverage-active-is-claimed.rs"]
mod active_is_claimed;
#[cfg_attr(feature = "exercises", path = "../../exercises/coverage.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/coverage.rs")]
mod answer;
#[path = "../../exercises/wrong/coverage-arithmetic-mean.rs"]
mod arithmetic_mean;
#[path = "../../exercises/wrong/coverage-claims-what-is-silent.rs"]
mod claims_what_is_silent;
#[path = "../../exercises/wrong/coverage-precision.rs"]
mod precision;
#[path = "../../exercises/wrong/coverage-strictly-above.rs"]
mod strictly_above;

use interpretability::dictionary::score::best;
use rand::Rng;
use tensors::seeds;

/// `coverage` with its features and things.
type Coverage = fn(&[Vec<f64>], &[Vec<bool>]) -> f64;

fn judge(coverage: Coverage) {
    let (yes, no) = (true, false);
    for (features, things, expected, why) in [
        (
            vec![vec![0.9, 0.0, 0.5]],
            vec![vec![yes, no, yes]],
            1.0,
            "the feature is active where the thing is",
        ),
        (vec![vec![0.9, 0.2, 0.5]], vec![vec![yes, no, yes]], 1.0, "from a strength of 0.5 on it is right"),
        (
            vec![vec![0.5, 0.5, 0.0, 0.0]],
            vec![vec![yes, no, yes, no]],
            0.5,
            "both positions of strength 0.5 are claimed: one of two is right, one of two is found",
        ),
        (
            vec![vec![0.7, 0.0, 0.0, 0.0, 0.0]],
            vec![vec![yes, yes, yes, no, no]],
            0.5,
            "one claim, and right, but one of three found: 2 / (1 + 3)",
        ),
        (
            vec![vec![0.0, 0.0, 0.0, 0.0]],
            vec![vec![yes, yes, no, no]],
            0.0,
            "a feature that is never active claims nothing",
        ),
        (
            vec![vec![1.0, 0.5]],
            vec![vec![yes, no], vec![no, no]],
            0.5,
            "the first thing is known, and the second is nowhere: nothing right can be claimed",
        ),
        (
            vec![vec![1.0, 0.0, 0.0], vec![0.0, 2.0, 0.0]],
            vec![vec![yes, no, no], vec![no, yes, no], vec![no, no, yes]],
            2.0 / 3.0,
            "two things are known, the third is not",
        ),
        (
            vec![vec![1.0, 0.5, 0.0]],
            vec![vec![yes, yes, no], vec![yes, no, no]],
            1.0,
            "both things are at the first position, and one feature tells each with a threshold of its own",
        ),
    ] {
        let own = coverage(&features, &things);
        assert!(
            (own - expected).abs() < 1e-9,
            "features {features:?}, things {things:?}: {expected:.3} ({why}), {own:.3} came"
        );
    }
    // Against the book's, on numbers with ties.
    let mut rng = seeds::generator(6);
    for _ in 0..20 {
        let features: Vec<Vec<f64>> =
            (0..4).map(|_| (0..15).map(|_| f64::from(rng.gen_range(0..5_u8))).collect()).collect();
        let at: Vec<usize> = (0..15).map(|_| rng.gen_range(0..3_usize)).collect();
        let active: Vec<Vec<(usize, f32)>> = features
            .iter()
            .map(|row| row.iter().map(|&f| f as f32).enumerate().filter(|(_, f)| *f > 0.0).collect())
            .collect();
        let expected = best(4, |i| active[i].clone(), &at, 3).iter().map(|best| best.f1).sum::<f64>() / 3.0;
        let things: Vec<Vec<bool>> =
            (0..3).map(|thing| at.iter().map(|&other| other == thing).collect()).collect();
        let own = coverage(&features, &things);
        assert!(
            (own - expected).abs() < 1e-6,
            "features {features:?}, things at {at:?}: {expected:.3}, {own:.3} came"
        );
    }
}

#[test]
fn coverage() {
    judge(answer::coverage);
}

#[test]
#[should_panic(expected = "1.000 (from a strength of 0.5 on it is right), 0.800 came")]
fn active_is_claimed() {
    judge(active_is_claimed::coverage);
}

#[test]
#[should_panic(expected = "0.500 (one claim, and right, but one of three found: 2 / (1 + 3)), 0.667 came")]
fn arithmetic_mean() {
    judge(arithmetic_mean::coverage);
}

#[test]
#[should_panic(
    expected = "0.500 (both positions of strength 0.5 are claimed: one of two is right, one of two is found), 0.667 came"
)]
fn claims_what_is_silent() {
    judge(claims_what_is_silent::coverage);
}

#[test]
#[should_panic(expected = "0.500 (one claim, and right, but one of three found: 2 / (1 + 3)), 1.000 came")]
fn precision() {
    judge(precision::coverage);
}

#[test]
#[should_panic(expected = "1.000 (the feature is active where the thing is), 0.667 came")]
fn strictly_above() {
    judge(strictly_above::coverage);
}
