//! The policy gradient against independent computations: central differences of its objective, the objective
//! written out on dfdx's tape, and exact expectations over a softmax of three answers.

use adaptation::answer::{Answer, log_p};
use adaptation::objective::{MeanOver, Objective, Rollout};
use deep_networks::{Dropout, by_name, gradient_of};
use dfdx::prelude::{
    Backward, BuildModule, Cpu, Gradients, LogSoftmax, OwnedTape, Rank0, SelectTo, Tensor, TensorFromVec,
};
use gpt::Gpt;
use gpt::initialise::initialise;
use gpt::loss::loss_and_gradients;
use gpt::sizes::Tiny;
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
        let ratio = moved.exp();
        let is_far = advantage > 0.0 && ratio > 1.2 || advantage < 0.0 && ratio < 0.8;
        prop_assert!(if is_far { slope == 0.0 } else { (slope - ratio * advantage).abs() < 1e-12 });
    }
}

#[test]
fn the_batch_has_the_gradient_that_the_objective_has_on_a_tape() {
    let mut model = Gpt::<Tiny>::build(&Cpu::default());
    initialise(&mut model, 3);
    let tokens = |seed: usize, length: usize| (0..length).map(|i| (i * i * 7 + 31 * seed) % 256).collect();
    let answers = [Answer { tokens: tokens(1, 12), prompt: 4 }, Answer { tokens: tokens(2, 30), prompt: 1 }];
    let now = log_p(&model, &[&answers[0], &answers[1]], &Workers::alone());
    // Policies before and at the beginning that differ from the one now, at some tokens by more than the clip.
    let other = |now: &[f64], by: f64| -> Vec<f64> {
        now.iter().enumerate().map(|(t, p)| p + by * (t as f64 * 1.7).sin()).collect()
    };
    let rollouts: Vec<Rollout> = answers
        .into_iter()
        .zip(&now)
        .zip([1.3, -0.6])
        .map(|((answer, now), advantage)| {
            Rollout { answer, advantage, old: other(now, 0.4), reference: other(now, -0.7) }
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
            assert!(a.iter().zip(b).all(|(a, b)| (a + b).abs() < 1e-4 * scale.max(1e-3)), "{name} {objective:?}");
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
    let cpu = Cpu::default();
    let vector = |numbers: &[f64]| {
        cpu.tensor_from_vec(numbers.iter().map(|n| *n as f32).collect(), (numbers.len(),))
    };
    let written: Vec<usize> = rollouts.iter().map(|r| r.answer.written()).collect();
    let all: usize = written.iter().sum();
    let of_one = |rollout: &Rollout| -> Scalar {
        let (tokens, prompt) = (&rollout.answer.tokens, rollout.answer.prompt);
        let read = &tokens[..tokens.len() - 1];
        let scores = model.forward(read, 1, OwnedTape::default(), &mut Dropout::off());
        let count = tokens.len() - prompt;
        // Row t, column: the token that follows.
        let rows = cpu.tensor_from_vec((prompt - 1..read.len()).collect(), (1, count));
        let columns = cpu.tensor_from_vec(tokens[prompt..].to_vec(), (1, count));
        let p = {
            use dfdx::prelude::GatherTo;
            scores.log_softmax::<dfdx::prelude::Axis<2>>().gather(rows).select(columns)
        };
        use dfdx::prelude::{ReshapeTo, SplitTape, TryMinimum, PutTape, SumTo, HasErr};
        let p = p.reshape_like(&(count,));
        let a = rollout.advantage as f32;
        let (p, tape) = p.split_tape();
        let plain = (p.clone().put_tape(tape) - vector(&rollout.old)).exp();
        let (ratio, tape) = plain.split_tape();
        let unclipped = ratio.clone().put_tape(tape) * a;
        let surrogate = match objective.clip {
            None => unclipped,
            Some(e) => {
                let (u, tape) = unclipped.split_tape();
                let e = e as f32;
                let clipped = ratio.put_tape(tape).clamp(1.0 - e, 1.0 + e) * a;
                u.retaped::<OwnedTape<f32, Cpu>>().minimum(clipped)
            }
        };
        let (surrogate, tape) = surrogate.split_tape();
        let d = (p.put_tape(tape) - vector(&rollout.reference)).negate();
        let (d, tape) = d.split_tape();
        let k = d.clone().put_tape(tape).exp() - d - 1.0;
        let of_tokens = k * -(objective.kl as f32) + surrogate;
        let share = match objective.mean {
            MeanOver::Answers => 1.0 / (rollouts.len() * count) as f32,
            MeanOver::Tokens => 1.0 / all as f32,
        };
        of_tokens.sum::<Rank0, _>() * share
    };
    let total = rollouts.iter().map(of_one).reduce(|a, b| a + b).unwrap();
    let value = f64::from(total.as_vec()[0]);
    let mut gradients: Gradients<f32, Cpu> = total.backward();
    (value, by_name(&gradient_of(model, &mut gradients)))
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
