//! The judge of `advantages`.

#[path = "../../exercises/wrong/advantages-alone.rs"]
mod alone;
#[cfg_attr(feature = "exercises", path = "../../exercises/advantages.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/advantages.rs")]
pub mod answer;
#[path = "../../exercises/wrong/advantages-itself-too.rs"]
mod itself_too;
#[path = "../../exercises/wrong/advantages-neighbours.rs"]
mod neighbours;
#[path = "../../exercises/wrong/advantages-one-question.rs"]
mod one_question;
#[path = "../../exercises/wrong/advantages-scaled.rs"]
mod scaled;

use super::same::same;

fn judge(advantages: fn(&[usize], &[f64]) -> Vec<f64>) {
    let check = |questions: &[usize], rewards: &[f64], expected: &[f64], why: &str| {
        let what = format!("{why}: questions {questions:?}, rewards {rewards:?}");
        same(&what, &advantages(questions, rewards), expected, 1e-12);
    };
    check(&[], &[], &[], "no answers, no advantages");
    check(&[7, 7], &[5.0, 1.0], &[4.0, -4.0], "the reward less that of the other answer");
    check(&[0, 0, 0], &[1.0, 0.0, 0.0], &[1.0, -0.5, -0.5], "the reward less the mean of the two others");
    check(
        &[2, 2, 9, 9],
        &[0.1, 0.1, 0.9, 0.9],
        &[0.0; 4],
        "an easy question says nothing about a hard one",
    );
    let mixed = [3.0, -6.0, -3.0, 6.0];
    check(&[1, 4, 1, 4], &[5.0, 0.0, 2.0, 6.0], &mixed, "answers come in any order");
    check(&[6, 5, 6], &[1.0, 8.0, 0.0], &[1.0, 0.0, -1.0], "an answer without others has the advantage 0");
    // On average over all draws of three answers the slope is that of the expected reward.
    let (p, r) = ([0.5, 0.3, 0.2], [2.0, -1.0, 0.5]);
    let expected: f64 = (0..3).map(|x| p[x] * r[x]).sum();
    let mut slope = [0.0; 3];
    for list in 0..27_usize {
        let drawn = [list % 3, list / 3 % 3, list / 9];
        let found = advantages(&[0; 3], &drawn.map(|x| r[x]));
        let likely: f64 = drawn.iter().map(|&x| p[x]).product();
        for (i, &x) in drawn.iter().enumerate() {
            for (k, slope) in slope.iter_mut().enumerate() {
                *slope += likely * found[i] * (f64::from(u8::from(k == x)) - p[k]) / 3.0;
            }
        }
    }
    let exact = [0, 1, 2].map(|k| p[k] * (r[k] - expected));
    same("what all draws of three answers pull at, on average", &slope, &exact, 1e-12);
}

#[test]
fn advantages() {
    judge(answer::advantages);
}

#[test]
#[should_panic(expected = "an answer without others has the advantage 0")]
fn alone() {
    judge(alone::advantages);
}

#[test]
#[should_panic(expected = "the reward less that of the other answer")]
fn itself_too() {
    judge(itself_too::advantages);
}

#[test]
#[should_panic(expected = "answers come in any order")]
fn neighbours() {
    judge(neighbours::advantages);
}

#[test]
#[should_panic(expected = "an easy question says nothing about a hard one")]
fn one_question() {
    judge(one_question::advantages);
}

#[test]
#[should_panic(expected = "the reward less that of the other answer")]
fn scaled() {
    judge(scaled::advantages);
}
