//! The judge of `probe`.

#[cfg_attr(feature = "exercises", path = "../../exercises/probe.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/probe.rs")]
pub mod answer;
#[path = "../../exercises/wrong/probe-empty-class.rs"]
mod empty_class;
#[path = "../../exercises/wrong/probe-no-bias.rs"]
mod no_bias;
#[path = "../../exercises/wrong/probe-prior.rs"]
mod prior;
#[path = "../../exercises/wrong/probe-sums.rs"]
mod sums;
#[path = "../../exercises/wrong/probe-whole-square.rs"]
mod whole_square;
#[path = "../../exercises/wrong/probe-wrong-sign.rs"]
mod wrong_sign;

use rand::Rng;
use tensors::seeds;

type Probe = fn(&[(Vec<f64>, usize)], usize) -> Vec<(Vec<f64>, f64)>;

/// Which class has the highest score.
pub fn guess(probe: &[(Vec<f64>, f64)], x: &[f64]) -> usize {
    let score = |(weights, bias): &(Vec<f64>, f64)| {
        assert!(weights.len() == x.len(), "{} weights for a vector of {} numbers", weights.len(), x.len());
        bias + (0..x.len()).map(|i| weights[i] * x[i]).sum::<f64>()
    };
    let scores: Vec<f64> = probe.iter().map(score).collect();
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).expect("there is a class")
}

fn judge(probe: Probe) {
    let one = |x: f64, class: usize| (vec![x], class);
    for (examples, classes, x, expected, why) in [
        (vec![one(1.0, 0), one(10.0, 1)], 2, 2.0, 0, "2 is nearer to 1 than to 10"),
        (vec![one(1.0, 0), one(10.0, 1)], 2, 6.0, 1, "6 is nearer to 10 than to 1"),
        (
            vec![one(1.0, 0), one(1.0, 0), one(1.0, 0), one(4.0, 1)],
            2,
            3.0,
            1,
            "the mean of three ones is 1, and 3 is nearer to 4",
        ),
        (
            vec![one(3.0, 0), one(9.0, 2)],
            3,
            0.0,
            0,
            "class 1 has no example, and 0 is nearer to 3 than to 9",
        ),
        (vec![one(-3.0, 0), one(1.0, 1)], 2, -2.0, 0, "-2 is nearer to -3 than to 1"),
        (
            vec![one(1.0, 0), one(1.0, 0), one(1.0, 0), one(1.2, 1)],
            2,
            1.15,
            1,
            "1.15 is nearer to 1.2, however many are at 1",
        ),
    ] {
        let own = probe(&examples, classes);
        assert!(own.len() == classes, "{classes} classes were asked for, {} came", own.len());
        let class = guess(&own, &[x]);
        assert!(
            class == expected,
            "of {examples:?}, {x} is of class {expected} ({why}); yours says {class}"
        );
    }
    // Clouds in three dimensions, of different sizes (two of the five are empty), against the nearest mean itself.
    let mut rng = seeds::generator(4);
    let centres: Vec<Vec<f64>> =
        (0..5).map(|_| (0..3).map(|_| 6.0 * rng.r#gen::<f64>() - 3.0).collect()).collect();
    let mut cloud = |class: usize| -> Vec<f64> {
        centres[class].iter().map(|c| c + 2.0 * rng.r#gen::<f64>() - 1.0).collect()
    };
    let examples: Vec<(Vec<f64>, usize)> =
        (0..60).map(|i| i * i % 5).map(|class| (cloud(class), class)).collect();
    let own = probe(&examples, 5);
    for point in 0..200 {
        let x: Vec<f64> = cloud(point % 5);
        let distance = |class: usize| {
            let of: Vec<&Vec<f64>> =
                examples.iter().filter(|(_, label)| *label == class).map(|(x, _)| x).collect();
            if of.is_empty() {
                return f64::INFINITY;
            }
            let mean = |i: usize| of.iter().map(|x| x[i]).sum::<f64>() / of.len() as f64;
            (0..3).map(|i| (x[i] - mean(i)).powi(2)).sum::<f64>()
        };
        let nearest = (0..5).min_by(|&a, &b| distance(a).total_cmp(&distance(b))).expect("five classes");
        let class = guess(&own, &x);
        assert!(class == nearest, "{x:?} is nearest to the mean of class {nearest}; yours says {class}");
    }
}

#[test]
fn probe() {
    judge(answer::probe);
}

#[test]
#[should_panic(expected = "(2 is nearer to 1 than to 10); yours says 1")]
fn no_bias() {
    judge(no_bias::probe);
}

#[test]
#[should_panic(expected = "(the mean of three ones is 1, and 3 is nearer to 4); yours says 0")]
fn sums() {
    judge(sums::probe);
}

#[test]
#[should_panic(expected = "(6 is nearer to 10 than to 1); yours says 0")]
fn whole_square() {
    judge(whole_square::probe);
}

#[test]
#[should_panic(expected = "(2 is nearer to 1 than to 10); yours says 1")]
fn wrong_sign() {
    judge(wrong_sign::probe);
}

#[test]
#[should_panic(expected = "(class 1 has no example, and 0 is nearer to 3 than to 9); yours says 1")]
fn empty_class() {
    judge(empty_class::probe);
}

#[test]
#[should_panic(expected = "(1.15 is nearer to 1.2, however many are at 1); yours says 0")]
fn prior() {
    judge(prior::probe);
}
