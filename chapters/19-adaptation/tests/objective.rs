//! The policy gradient against independent computations: central differences of its objective, the objective
//! written out on dfdx's tape, and exact expectations over a softmax of three answers.

use adaptation::answer::{Answer, log_p};
use adaptation::objective::{MeanOver, Objective, Rollout};
use deep_networks::{Dropout, by_name, gradient_of};
use dfdx::prelude::{Backward, BuildModule, Cpu, Gradients, OwnedTape, PutTape, Rank0, SplitTape, Tensor};
use gpt::data::Batch;
use gpt::initialise::initialise;
use gpt::loss::loss_and_gradients;
use gpt::sizes::Tiny;
use gpt::{Gpt, LanguageModel};
use kernels::Workers;
use proptest::prelude::*;

fn objectives() -> Vec<Objective> {
    let mut all = Vec::new();
    for clip in [None, Some(0.2)] {
        for kl in [0.0, 0.4] {
            for mean in [MeanOver::Answers, MeanOver::Tokens] {
                all.push(Objective { clip, kl, mean });
            }
        }
    }
    all
}

/// An answer of so many written tokens behind a prompt of two, with log-probabilities before and now.
fn rollout(advantage: f64, numbers: &[(f64, f64, f64)]) -> (Rollout, Vec<f64>) {
    let answer = Answer { tokens: vec![7; numbers.len() + 2], prompt: 2 };
    let [old, reference, now] = [0, 1, 2].map(|i| numbers.iter().map(|n| [n.0, n.1, n.2][i]).collect());
    (Rollout { answer, advantage, old, reference }, now)
}

proptest! {
    #[test]
    fn the_slopes_are_those_of_the_value(
        first in prop::collection::vec((-2.0..0.0, -2.0..0.0, -2.0..0.0), 1..5),
        second in prop::collection::vec((-2.0..0.0, -2.0..0.0, -2.0..0.0), 1..5),
        advantages in prop::array::uniform2(-2.0..2.0),
    ) {
        let (a, now_a) = rollout(advantages[0], &first);
        let (b, now_b) = rollout(advantages[1], &second);
        let (rollouts, mut now) = ([a, b], vec![now_a, now_b]);
        for objective in objectives() {
            let slopes = objective.slopes(&rollouts, &now);
            for i in 0..2 {
                for t in 0..now[i].len() {
                    // At the edge of the clip the value has a corner, and no slope.
                    let ratio = (now[i][t] - rollouts[i].old[t]).exp();
                    if objective.clip.is_some_and(|e| (ratio - 1.0 - e).abs().min((ratio - 1.0 + e).abs()) < 1e-4) {
                        continue;
                    }
                    let p = now[i][t];
                    let mut at = |p: f64| {
                        now[i][t] = p;
                        objective.value(&rollouts, &now)
                    };
                    let expected = (at(p + 1e-6) - at(p - 1e-6)) / 2e-6;
                    at(p);
                    prop_assert!((slopes[i][t] - expected).abs() < 1e-6, "{} {expected}", slopes[i][t]);
                }
            }
        }
    }

    #[test]
    fn a_token_that_has_gone_too_far_where_it_was_sent_is_left_alone_and_may_come_back(
        advantage in -2.0..2.0, moved in -1.0..1.0,
    ) {
        prop_assume!(f64::abs(advantage) > 0.01);
        let (rollout, now) = rollout(advantage, &[(-1.0, -1.0, -1.0 + moved)]);
        let clipped = Objective { clip: Some(0.2), kl: 0.0, mean: MeanOver::Tokens };
        let slope = clipped.slopes(&[rollout], &[now])[0][0];
        let ratio = f64::exp(moved);
        let is_far = advantage > 0.0 && ratio > 1.2 || advantage < 0.0 && ratio < 0.8;
        let expected = if is_far { 0.0 } else { ratio * advantage };
        prop_assert!((slope - expected).abs() < 1e-12, "{slope} {expected}");
    }
}

#[test]
fn the_batch_has_the_gradient_that_the_objective_has_on_a_tape() {
    let mut model = Gpt::<Tiny>::build(&Cpu::default());
    initialise(&mut model, 3);
    let tokens = |seed: usize, length: usize| (0..length).map(|i| (i * i * 7 + 31 * seed) % 256).collect();
    let answers =
        [Answer { tokens: tokens(1, 12), prompt: 4 }, Answer { tokens: tokens(2, 30), prompt: 1 }];
    let now = log_p(&model, &[&answers[0], &answers[1]], &Workers::alone());
    // Policies before and at the beginning that differ from the one now, at some tokens by more than the clip.
    let other = |now: &[f64], by: f64| -> Vec<f64> {
        now.iter().enumerate().map(|(t, p)| p + by * (t as f64 * 1.7).sin()).collect()
    };
    let rollouts: Vec<Rollout> = answers
        .into_iter()
        .zip(&now)
        .zip([1.3, -0.6])
        .map(|((answer, now), advantage)| Rollout {
            answer,
            advantage,
            old: other(now, 0.4),
            reference: other(now, -0.7),
        })
        .collect();
    for objective in objectives() {
        let (value, expected) = on_a_tape(&model, &rollouts, &objective);
        assert!((objective.value(&rollouts, &now) - value).abs() < 1e-5);
        let mut parts = Vec::new();
        let batch = objective.batch(&rollouts, &now);
        loss_and_gradients(&Workers::alone(), &model, &batch, (0.0, 0), &mut parts);
        let found = by_name(&gradient_of(&model, &mut parts[0]));
        assert_eq!(found.len(), expected.len());
        for ((name, a), (_, b)) in found.iter().zip(&expected) {
            let scale = b.iter().fold(0.0_f32, |most, b| most.max(b.abs()));
            assert!(scale > 1e-5 || name.ends_with("key.bias"), "{name} has no gradient");
            // The batch goes down where the objective goes up.
            assert!(
                a.iter().zip(b).all(|(a, b)| (a + b).abs() < 1e-4 * scale.max(1e-3)),
                "{name} {objective:?}"
            );
        }
    }
}

type Scalar = Tensor<Rank0, f32, Cpu, OwnedTape<f32, Cpu>>;

/// The objective, written out with dfdx's own operations on a tape; its value and its gradient.
fn on_a_tape(
    model: &Gpt<Tiny>,
    rollouts: &[Rollout],
    objective: &Objective,
) -> (f64, Vec<(String, Vec<f32>)>) {
    let all: usize = rollouts.iter().map(|rollout| rollout.answer.written()).sum();
    let mut tokens = Vec::new();
    for rollout in rollouts {
        let written = rollout.answer.written();
        let share = match objective.mean {
            MeanOver::Answers => 1.0 / (rollouts.len() * written) as f32,
            MeanOver::Tokens => 1.0 / all as f32,
        };
        tokens.extend((0..written).map(|t| of_token(model, rollout, t, objective) * share));
    }
    let total = tokens.into_iter().reduce(|a, b| a + b).unwrap();
    let value = f64::from(total.as_vec()[0]);
    let mut gradients: Gradients<f32, Cpu> = total.backward();
    (value, by_name(&gradient_of(model, &mut gradients)))
}

/// What written token number `t` contributes.
fn of_token(model: &Gpt<Tiny>, rollout: &Rollout, t: usize, objective: &Objective) -> Scalar {
    let answer = &rollout.answer;
    let asked = answer.weights((0..answer.written()).map(|i| if i == t { 1.0 } else { 0.0 }));
    let batch = Batch::texts(&[(&answer.tokens, &asked)]);
    let (a, old, reference) =
        (rollout.advantage as f32, rollout.old[t] as f32, rollout.reference[t] as f32);
    let (p, tape) = model.loss(&batch, OwnedTape::default(), &mut Dropout::off()).negate().split_tape();
    let (ratio, tape) = (p.clone().put_tape(tape) - old).exp().split_tape();
    let (unclipped, tape) = (ratio.clone().put_tape(tape) * a).split_tape();
    let surrogate = match objective.clip {
        None => unclipped.put_tape(tape),
        Some(e) => (ratio.put_tape(tape).clamp(1.0 - e, 1.0 + e) * a).minimum(unclipped),
    };
    let (surrogate, tape) = surrogate.split_tape();
    let (d, tape) = (p.put_tape(tape).negate() + reference).split_tape();
    let k = d.clone().put_tape(tape).exp() - d - 1.0;
    k * -(objective.kl as f32) + surrogate
}

/// The gradient by the scores of a softmax of three answers, of what one draw is told to do, on average.
fn pull(p: [f64; 3], of: impl Fn(usize) -> f64) -> [f64; 3] {
    [0, 1, 2].map(|k| (0..3).map(|x| p[x] * of(x) * (f64::from(u8::from(k == x)) - p[k])).sum())
}

fn softmax(scores: [f64; 3]) -> [f64; 3] {
    let weights = scores.map(f64::exp);
    weights.map(|weight| weight / weights.iter().sum::<f64>())
}

fn kl(p: [f64; 3], q: [f64; 3]) -> f64 {
    p.iter().zip(q).map(|(p, q)| p * (p / q).ln()).sum()
}

/// The gradient of `of` by the scores, by central differences.
fn slope(scores: [f64; 3], of: impl Fn([f64; 3]) -> f64) -> [f64; 3] {
    [0, 1, 2].map(|k| {
        let at = |by: f64| {
            let mut moved = scores;
            moved[k] += by;
            of(softmax(moved))
        };
        (at(1e-5) - at(-1e-5)) / 2e-5
    })
}

#[test]
fn the_two_leashes_have_the_same_value_and_pull_in_other_directions() {
    let (scores, q) = ([0.3, -1.0, 0.9], softmax([-0.5, 0.4, 0.2]));
    let p = softmax(scores);
    let ratio = |x: usize| q[x] / p[x];
    let value: f64 = (0..3).map(|x| p[x] * (ratio(x) - ratio(x).ln() - 1.0)).sum();
    assert!((value - kl(p, q)).abs() < 1e-12, "k is KL(π‖π₀) on average");
    let near = |a: [f64; 3], b: [f64; 3]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-8);
    // A penalty in the reward: the draw is told −ln(π/π₀).
    assert!(near(pull(p, |x| -(p[x] / q[x]).ln()), slope(scores, |p| -kl(p, q))));
    // k where it stands: its slope by ln π is 1 − π₀/π.
    let in_loss = pull(p, |x| -(1.0 - ratio(x)));
    assert!(near(in_loss, slope(scores, |p| -kl(q, p))));
    assert!(!near(in_loss, slope(scores, |p| -kl(p, q))));
}
