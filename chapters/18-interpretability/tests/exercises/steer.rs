//! The judge of `steer`. The answer is judged with the reader's own `probe`, wrong answers with one by
//! hand.

#[cfg_attr(feature = "exercises", path = "../../exercises/steer.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/steer.rs")]
mod answer;
#[path = "../../exercises/wrong/steer-any-lead.rs"]
mod any_lead;
#[path = "../../exercises/wrong/steer-goes-back.rs"]
mod goes_back;
#[path = "../../exercises/wrong/steer-ignores-biases.rs"]
mod ignores_biases;
#[path = "../../exercises/wrong/steer-ignores-margin.rs"]
mod ignores_margin;
#[path = "../../exercises/wrong/steer-length-not-square.rs"]
mod length_not_square;
#[path = "../../exercises/wrong/steer-towards-the-class.rs"]
mod towards_the_class;

use super::probe::answer as own;
use super::probe::guess;
use rand::Rng;
use tensors::seeds;

type Linear = Vec<(Vec<f64>, f64)>;
type Steer = fn(&[(Vec<f64>, f64)], &[f64], usize, usize, f64) -> Vec<f64>;

fn lead(probe: &Linear, x: &[f64], from: usize, to: usize) -> f64 {
    let score = |class: usize| {
        let (weights, bias) = &probe[class];
        bias + (0..x.len()).map(|i| weights[i] * x[i]).sum::<f64>()
    };
    score(to) - score(from)
}

fn judge_one(steer: Steer, probe: &Linear, x: &[f64], (from, to): (usize, usize), margin: f64) {
    let shift = steer(probe, x, from, to, margin);
    assert!(shift.len() == x.len(), "x has {} numbers, the shift {}", x.len(), shift.len());
    let before = lead(probe, x, from, to);
    let moved: Vec<f64> = (0..x.len()).map(|i| x[i] + shift[i]).collect();
    let after = lead(probe, &moved, from, to);
    let expected = before.max(margin);
    assert!(
        (after - expected).abs() < 1e-6,
        "x = {x:?}: class {to} leads by {before:.2} before and should by {expected:.2} after the shift; with yours it \
         leads by {after:.2}"
    );
    // Among all shifts that change the lead so, the shortest has no part across the direction.
    let direction: Vec<f64> = (0..x.len()).map(|i| probe[to].0[i] - probe[from].0[i]).collect();
    let square = |a: &[f64]| a.iter().map(|a| a * a).sum::<f64>();
    let shortest = (after - before).abs() / square(&direction).sqrt();
    let length = square(&shift).sqrt();
    assert!(
        length <= shortest + 1e-6,
        "x = {x:?}: a shift of length {shortest:.3} is enough, yours has {length:.3}"
    );
}

fn judge(steer: Steer, some: &Linear) {
    let by_hand = vec![(vec![1.0, 0.0], 0.0), (vec![0.0, 3.0], -1.0)];
    judge_one(steer, &by_hand, &[2.0, 0.0], (0, 1), 0.0);
    judge_one(steer, &by_hand, &[2.0, 0.0], (0, 1), 1.0);
    judge_one(steer, &by_hand, &[0.0, 5.0], (0, 1), 1.0);
    // `to` leads already, by 0.6, but not by the margin.
    judge_one(steer, &by_hand, &[0.5, 0.7], (0, 1), 1.0);
    let mut rng = seeds::generator(9);
    for _ in 0..50 {
        let x: Vec<f64> = (0..some[0].0.len()).map(|_| 6.0 * rng.r#gen::<f64>() - 3.0).collect();
        let from = guess(some, &x);
        judge_one(steer, some, &x, (from, (from + 1) % some.len()), rng.r#gen::<f64>());
    }
}

/// A probe of three classes.
fn by_hand() -> Linear {
    vec![(vec![1.0, 2.0, 0.5], -0.3), (vec![-1.0, 0.5, 2.0], 0.2), (vec![0.3, -2.0, 1.0], 0.0)]
}

/// The reader's own probe of three classes of drawn vectors.
fn fitted() -> Linear {
    let mut rng = seeds::generator(8);
    let mut draw = |class: usize| -> Vec<f64> {
        (0..3).map(|i| if i == class { 2.0 } else { 0.0 } + rng.r#gen::<f64>()).collect()
    };
    let examples: Vec<(Vec<f64>, usize)> = (0..30).map(|i| (draw(i % 3), i % 3)).collect();
    own::probe(&examples, 3)
}

#[test]
fn steer() {
    judge(answer::steer, &fitted());
}

#[test]
#[should_panic(
    expected = "class 1 leads by -3.00 before and should by 0.00 after the shift; with yours it leads by 6.49"
)]
fn length_not_square() {
    judge(length_not_square::steer, &by_hand());
}

#[test]
#[should_panic(expected = "a shift of length 0.949 is enough, yours has 1.000")]
fn towards_the_class() {
    judge(towards_the_class::steer, &by_hand());
}

#[test]
#[should_panic(
    expected = "class 1 leads by 14.00 before and should by 14.00 after the shift; with yours it leads by 1.00"
)]
fn goes_back() {
    judge(goes_back::steer, &by_hand());
}

#[test]
#[should_panic(
    expected = "class 1 leads by -3.00 before and should by 0.00 after the shift; with yours it leads by -1.00"
)]
fn ignores_biases() {
    judge(ignores_biases::steer, &by_hand());
}

#[test]
#[should_panic(expected = "class 1 leads by -3.00 before and should by 1.00 after the shift")]
fn ignores_margin() {
    judge(ignores_margin::steer, &by_hand());
}

#[test]
#[should_panic(
    expected = "class 1 leads by 0.60 before and should by 1.00 after the shift; with yours it leads by 0.60"
)]
fn any_lead() {
    judge(any_lead::steer, &by_hand());
}
