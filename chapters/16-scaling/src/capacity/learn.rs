//! Training until nothing more is learned.

use deep_networks::{Optimiser, Rule, WarmupCosine};
use dfdx::prelude::{BuildModule, Cpu};
use gpt::Whole;
use gpt::data::Batch;
use gpt::initialise::initialise;
use gpt::loss::loss_and_gradients;
use kernels::Workers;

/// How long a model learns, and how fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Steps of the optimiser.
    pub steps: usize,
    /// The highest learning rate. It falls to 0: the last steps settle what was learned.
    pub rate: f64,
    /// Seed of the weights.
    pub seed: u64,
}

/// The share of the steps in which the rate rises.
const WARMUP: f64 = 0.05;

// ANCHOR: learn
/// A model that has learned from `batch` after `batch`. Weights do not decay: what is measured is how
/// much they can hold.
pub fn learn<M: Whole<Cpu>>(plan: Plan, workers: &Workers, mut batch: impl FnMut() -> Batch) -> M {
    let (device, mut gradients) = (Cpu::default(), Vec::new());
    let mut model = M::build(&device);
    initialise(&mut model, plan.seed);
    let mut optimiser = Optimiser::<M>::new(Rule::Adam { betas: [0.9, 0.99] }, &device);
    let warmup = (WARMUP * plan.steps as f64) as usize;
    let schedule = WarmupCosine { peak: plan.rate, floor: 0.0, warmup, steps: plan.steps };
    for step in 0..plan.steps {
        loss_and_gradients(workers, &model, &batch(), (0.0, 0), &mut gradients);
        workers.update(&mut optimiser, &mut model, &mut gradients, 1.0, schedule.rate(step));
    }
    model
}

// ANCHOR_END: learn

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capacity::strings::Strings;
    use crate::capacity::{saved, strings};
    use gpt::Gpt;
    use gpt::evaluate::bits;
    use std::f64::consts::LN_2;
    use tensors::seeds;

    transformer::sizes!(Small {
        vocab: strings::VOCABULARY,
        context: strings::LENGTH,
        model: 16,
        heads: 2,
        head_dim: 8,
        hidden: 64,
        layers: 1
    });

    fn learned(steps: usize) -> (Strings, Gpt<Small>) {
        let (strings, mut rng) = (Strings::new(8, 1), seeds::generator(2));
        let plan = Plan { steps, rate: 1e-2, seed: 3 };
        let model = learn(plan, &Workers::alone(), || strings.batch(8, &mut rng));
        (strings, model)
    }

    fn saved_on(strings: &Strings, model: &Gpt<Small>) -> f64 {
        let costs: Vec<f64> = strings.texts().map(|text| bits(model, text).iter().sum()).collect();
        saved(Strings::bits(), &costs)
    }

    #[test]
    fn a_model_knows_the_strings_that_it_has_read_and_no_others() {
        let (strings, model) = learned(400);
        let (knows, most) = (saved_on(&strings, &model), strings.most());
        assert!(knows > 0.9 * most && knows < most, "{knows} bits of {most}");
        let others = saved_on(&Strings::new(8, 99), &model);
        assert!(others < 0.02 * most, "{others} bits saved on strings that nobody has read");
    }

    #[test]
    fn costs_are_the_bits_of_the_models_loss() {
        let (strings, model) = learned(20);
        let text = strings.texts().next().expect("eight strings");
        let batch = Batch::at(text, &[0], strings::LENGTH);
        let loss = gpt::loss::total_loss(&Workers::alone(), &model, vec![batch]) / LN_2;
        let sum: f64 = bits(&model, text).iter().sum();
        // f32 in the loss: 128 bits to six digits.
        assert!((sum - loss).abs() < 1e-3, "{sum} {loss}");
    }
}
