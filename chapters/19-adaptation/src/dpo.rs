//! Direct preference optimisation (Rafailov et al. 2023): learning from pairs of which one is better.
//!
//! Whoever prefers the better answer w to the worse one l with the probability σ(r(w) − r(l)) has rewards r.
//! The policy that earns most of them less β KL(π‖π₀) is π(x) ∝ π₀(x) e^{r(x)/β}. Turned around, every
//! policy *is* a reward: r(x) = β ln π(x)/π₀(x), up to a constant that a difference loses. So no reward
//! need be learned: make the preferences likely under the policy's own,
//!
//! loss = −ln σ(m),  m = β [(ln π(w) − ln π₀(w)) − (ln π(l) − ln π₀(l))]
//!
//! A policy that has not moved has m = 0 and the loss ln 2. The slope of the loss by ln π(w) is
//! −β σ(−m), by ln π(l) it is +β σ(−m): a weighted sum of log-probabilities, which chapter 13's batches
//! are. So nothing new is needed on the tape.

use crate::answer::{Answer, total_log_p};
use gpt::LanguageModel;
use gpt::data::Batch;
use kernels::{Kernels, Workers};
use neurons::activation::sigmoid;

/// Two answers to one question, and what the model thought of them before.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The one that is preferred, w.
    pub chosen: Answer,
    /// The other one, l.
    pub rejected: Answer,
    /// ln π₀(w) − ln π₀(l).
    pub reference: f64,
}

impl Pair {
    /// Pairs of answers, the preferred ones first, with what `reference` says of them.
    pub fn all<M: LanguageModel<D>, D: Kernels<f32>>(
        answers: Vec<(Answer, Answer)>,
        reference: &M,
        workers: &Workers,
    ) -> Vec<Self> {
        let margins = differences(reference, answers.iter().map(|(w, l)| (w, l)), workers);
        let pair = |((chosen, rejected), reference)| Self { chosen, rejected, reference };
        answers.into_iter().zip(margins).map(pair).collect()
    }
}

/// ln π(w) − ln π(l) of each pair.
fn differences<'a, M: LanguageModel<D>, D: Kernels<f32>>(
    model: &M,
    pairs: impl Iterator<Item = (&'a Answer, &'a Answer)>,
    workers: &Workers,
) -> Vec<f64> {
    let answers: Vec<&Answer> = pairs.flat_map(|(w, l)| [w, l]).collect();
    total_log_p(model, &answers, workers).chunks_exact(2).map(|both| both[0] - both[1]).collect()
}

/// The margin m of each pair.
pub fn margins<M: LanguageModel<D>, D: Kernels<f32>>(
    model: &M,
    pairs: &[Pair],
    beta: f64,
    workers: &Workers,
) -> Vec<f64> {
    let now = differences(model, pairs.iter().map(|pair| (&pair.chosen, &pair.rejected)), workers);
    now.iter().zip(pairs).map(|(now, pair)| beta * (now - pair.reference)).collect()
}

// ANCHOR: dpo
/// The mean of −ln σ(m).
pub fn loss(margins: &[f64]) -> f64 {
    // −ln σ(m) = ln (1 + e⁻ᵐ), with the larger part taken out: no exponential overflows.
    let one = |&m: &f64| (-m).max(0.0) + (-m.abs()).exp().ln_1p();
    margins.iter().map(one).sum::<f64>() / margins.len() as f64
}

/// The batch whose loss has the gradient of DPO's at these margins: chosen answers are to become likelier,
/// rejected ones less likely, and the more so the less sure the policy is of the preference.
///
/// # Panics
/// If there are no pairs, or an answer is empty.
pub fn batch(pairs: &[Pair], margins: &[f64], beta: f64) -> Batch {
    let mut texts = Vec::new();
    for (pair, &m) in pairs.iter().zip(margins) {
        let weight = (beta * sigmoid(-m) / pairs.len() as f64) as f32;
        texts.push((&pair.chosen.tokens[..], pair.chosen.evenly(weight)));
        texts.push((&pair.rejected.tokens[..], pair.rejected.evenly(-weight)));
    }
    Batch::texts(&texts.iter().map(|(tokens, weights)| (*tokens, &weights[..])).collect::<Vec<_>>())
}
// ANCHOR_END: dpo

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::{Dropout, by_name, gradient_of};
    use dfdx::prelude::{
        Backward, BuildModule, Cpu, Gradients, OwnedTape, PutTape, Rank0, SplitTape, Tensor, ZerosTensor,
    };
    use gpt::initialise::initialise;
    use gpt::loss::loss_and_gradients;
    use gpt::sizes::Tiny;
    use gpt::{Gpt, Trainable};

    const BETA: f64 = 0.3;

    fn model(seed: u64) -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, seed);
        model
    }

    fn answer(seed: usize, length: usize) -> Answer {
        Answer {
            tokens: (0..length).map(|i| (i * i * 7 + 31 * seed) % 256).collect(),
            prompt: 1 + seed % 3,
        }
    }

    /// Three pairs of different lengths and prompts, by another model.
    fn pairs() -> Vec<Pair> {
        let answers = [(9, 20), (30, 12), (17, 17)]
            .iter()
            .enumerate()
            .map(|(i, &(w, l))| (answer(2 * i, w), answer(2 * i + 1, l)));
        Pair::all(answers.collect(), &model(2), &Workers::alone())
    }

    fn of_one(
        model: &Gpt<Tiny>,
        answer: &Answer,
        tape: OwnedTape<f32, Cpu>,
    ) -> Tensor<Rank0, f32, Cpu, OwnedTape<f32, Cpu>> {
        let batch = Batch::texts(&[(&answer.tokens, &answer.evenly(1.0))]);
        model.loss(&batch, tape, &mut Dropout::off()).negate()
    }

    #[test]
    fn a_policy_that_has_not_moved_has_the_loss_ln_2() {
        let pairs = pairs();
        let margins = margins(&model(2), &pairs, BETA, &Workers::alone());
        assert!((loss(&margins) - std::f64::consts::LN_2).abs() < 1e-6);
    }

    #[test]
    fn the_batch_has_the_gradient_that_the_formula_has_on_a_tape() {
        let (model, pairs) = (model(3), pairs());
        // The formula, written out with dfdx's own operations.
        let mut tape = OwnedTape::default();
        let mut total: Tensor<Rank0, f32, Cpu> = Cpu::default().zeros();
        let mut expected_loss = None;
        for pair in &pairs {
            let (chosen, t) = of_one(&model, &pair.chosen, tape).split_tape();
            let (rejected, t) = of_one(&model, &pair.rejected, t).split_tape();
            let m = (chosen.put_tape(t) - rejected - pair.reference as f32) * BETA as f32;
            let one = (m.negate().exp() + 1.0).ln() / pairs.len() as f32;
            let (sum, t) = (one + total).split_tape();
            (total, tape) = (sum.clone(), t);
            expected_loss = Some(sum);
        }
        let expected_loss = expected_loss.unwrap();
        let value = f64::from(expected_loss.as_vec()[0]);
        let mut gradients: Gradients<f32, Cpu> = expected_loss.put_tape(tape).backward();
        let expected = by_name(&gradient_of(&model, &mut gradients));

        let margins = margins(&model, &pairs, BETA, &Workers::alone());
        assert!((loss(&margins) - value).abs() < 1e-5, "{} {value}", loss(&margins));
        let mut parts = Vec::new();
        let batch = batch(&pairs, &margins, BETA);
        loss_and_gradients(&Workers::alone(), &model, &batch, (0.0, 0), &mut parts);
        let found = by_name(&gradient_of(model.parameters(), &mut parts[0]));
        assert_eq!(found.len(), expected.len());
        for ((name, a), (_, b)) in found.iter().zip(&expected) {
            let scale = b.iter().fold(0.0_f32, |most, b| most.max(b.abs()));
            assert!(scale > 1e-5 || name.ends_with("key.bias"), "{name} has no gradient");
            // Sums of hundreds of terms in f32, in another order.
            assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-4 * scale.max(1e-3)), "{name}");
        }
    }

    #[test]
    fn a_step_makes_the_chosen_likelier_and_the_rejected_less_likely() {
        let (mut model, pairs) = (model(3), pairs());
        let before = margins(&model, &pairs, BETA, &Workers::alone());
        let mut parts = Vec::new();
        loss_and_gradients(&Workers::alone(), &model, &batch(&pairs, &before, BETA), (0.0, 0), &mut parts);
        let slopes = gpt::flat::flat(&gradient_of(&model, &mut parts[0]));
        let square: f64 = slopes.iter().map(|slope| f64::from(*slope).powi(2)).sum();
        // A step that lowers the loss by a hundredth, if the slope stays what it is.
        let step = 0.01 / square;
        let moved: Vec<f32> = gpt::flat::flat(&model)
            .iter()
            .zip(&slopes)
            .map(|(w, s)| w - (step * f64::from(*s)) as f32)
            .collect();
        gpt::flat::fill(&mut model, &moved);
        let after = margins(&model, &pairs, BETA, &Workers::alone());
        let fell = loss(&before) - loss(&after);
        assert!((fell - 0.01).abs() < 0.002, "{fell}");
    }

    #[test]
    fn far_margins_do_not_overflow() {
        assert_eq!(loss(&[1000.0]), 0.0);
        assert_eq!(loss(&[-1000.0]), 1000.0);
    }
}
