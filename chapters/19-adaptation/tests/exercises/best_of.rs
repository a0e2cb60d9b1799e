//! The judge of `best_of`.

#[cfg_attr(feature = "exercises", path = "../../exercises/best_of.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/best_of.rs")]
pub mod answer;
#[path = "../../exercises/wrong/best_of-best-of-two.rs"]
mod best_of_two;
#[path = "../../exercises/wrong/best_of-equal-parts.rs"]
mod equal_parts;
#[path = "../../exercises/wrong/best_of-good-or-bad.rs"]
mod good_or_bad;
#[path = "../../exercises/wrong/best_of-last-of-equals.rs"]
mod last_of_equals;
#[path = "../../exercises/wrong/best_of-never-written.rs"]
mod never_written;
#[path = "../../exercises/wrong/best_of-power.rs"]
mod power;

use super::same::same;
use adaptation::frontier::divergence;

/// By going through all lists of `n` answers.
fn listed(policy: &[f64], rewards: &[f64], n: u32) -> Vec<f64> {
    let (texts, mut shown) = (policy.len(), vec![0.0; policy.len()]);
    for list in 0..texts.pow(n) {
        let answers: Vec<usize> = (0..n).map(|i| list / texts.pow(i) % texts).collect();
        let p: f64 = answers.iter().map(|&text| policy[text]).product();
        let best = answers.iter().map(|&text| rewards[text]).fold(f64::MIN, f64::max);
        let all: Vec<usize> = answers.into_iter().filter(|&text| rewards[text] == best).collect();
        for &text in &all {
            shown[text] += p / all.len() as f64;
        }
    }
    shown
}

fn judge(best_of: fn(&[f64], &[f64], i32) -> Vec<f64>) {
    let check = |policy: &[f64], rewards: &[f64], n: u32, why: &str| {
        let what = format!("{why}: policy {policy:?}, rewards {rewards:?}, best of {n}");
        same(&what, &best_of(policy, rewards, n as i32), &listed(policy, rewards, n), 1e-9);
    };
    check(&[0.5, 0.25, 0.25], &[1.0, 2.0, 3.0], 1, "of one answer there is no choice");
    check(&[0.5, 0.5], &[0.0, 1.0], 2, "the better text is shown unless both answers are the other one");
    check(&[0.2, 0.3, 0.5], &[1.0, 1.0, 0.0], 2, "texts of one reward keep their odds");
    check(&[0.5, 0.3, 0.2], &[0.0, 1.0, 0.0], 3, "three answers are more than two");
    check(&[0.4, 0.1, 0.3, 0.2], &[-1.0, 2.5, -3.0, 2.5], 4, "rewards are any numbers");
    check(&[0.6, 0.0, 0.4, 0.0], &[1.0, 7.0, 2.0, 1.0], 3, "what is never written is never shown");
    let (policy, valid) = ([0.1, 0.15, 0.45, 0.3], [1.0, 1.0, 0.0, 0.0]);
    let shown = best_of(&policy, &valid, 200);
    same("of two hundred answers one is valid, and nothing else is shown", &shown[2..], &[0.0; 2], 1e-9);
    let shown = best_of(&policy, &valid, 3);
    let kl: f64 = (0..4).map(|x| shown[x] * (shown[x] / policy[x]).log2()).sum();
    same("bits that best of 3 costs", &[kl], &[divergence(1.0 - 0.75_f64.powi(3), 0.25)], 1e-9);
}

#[test]
fn best_of() {
    judge(answer::best_of);
}

#[test]
#[should_panic(expected = "of one answer there is no choice")]
fn best_of_two() {
    judge(best_of_two::best_of);
}

#[test]
#[should_panic(expected = "texts of one reward keep their odds")]
fn equal_parts() {
    judge(equal_parts::best_of);
}

#[test]
#[should_panic(expected = "rewards are any numbers")]
fn good_or_bad() {
    judge(good_or_bad::best_of);
}

#[test]
#[should_panic(expected = "texts of one reward keep their odds")]
fn last_of_equals() {
    judge(last_of_equals::best_of);
}

#[test]
#[should_panic(expected = "what is never written is never shown")]
fn never_written() {
    judge(never_written::best_of);
}

#[test]
#[should_panic(expected = "the better text is shown unless both answers are the other one")]
fn power() {
    judge(power::best_of);
}
