//! The training loop: draw, differentiate, shorten, step.

use crate::{Optimiser, WarmupCosine, clip_global_norm, gradient_of};
use dfdx::prelude::{Backward, Device, OwnedTape, Rank0, Tensor, TensorCollection};
use tensors::Real;
use thiserror::Error;

/// Why training stopped.
#[derive(Debug, Error, PartialEq)]
pub enum FitError {
    /// The loss became infinite or undefined.
    #[error(
        "the loss is {loss} at step {step}: lower the learning rate, or look for values that are not finite in the data"
    )]
    NotANumber {
        /// The step, counted from 0.
        step: usize,
        /// The loss.
        loss: f64,
    },
}

// ANCHOR: fit
/// Trains `model` for `schedule.steps` steps. `loss` gets the model and the step, draws its own
/// batch, and returns the loss with its tape; gradients longer than `clip` are shortened. `watch`
/// sees the model after every step, and says whether to go on.
///
/// # Errors
/// [`FitError::NotANumber`] as soon as a loss is not finite: the model is then as it was before
/// that step.
pub fn fit<M, E, D>(
    model: &mut M,
    optimiser: &mut Optimiser<M>,
    schedule: &WarmupCosine,
    clip: f64,
    mut loss: impl FnMut(&M, usize) -> Tensor<Rank0, E, D, OwnedTape<E, D>>,
    mut watch: impl FnMut(&M, usize, f64) -> bool,
) -> Result<(), FitError>
where
    E: Real,
    D: Device<E>,
    M: TensorCollection<E, D, To<E, D> = M>,
{
    for step in 0..schedule.steps {
        let loss = loss(model, step);
        let value = loss.as_vec()[0].to_f64().expect("a float");
        if !value.is_finite() {
            return Err(FitError::NotANumber { step, loss: value });
        }
        let mut gradient = gradient_of(model, &mut loss.backward());
        clip_global_norm(&mut gradient, clip);
        optimiser.update(model, &gradient, schedule.rate(step));
        if !watch(model, step, value) {
            break;
        }
    }
    Ok(())
}
// ANCHOR_END: fit

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spirals::Points;
    use crate::{Dropout, Mlp, Rule, cross_entropy, initialise};
    use dfdx::prelude::{BuildModule, Cpu, PutTape};
    use tensors::seeds;

    type Net = Mlp<2, 24, 1, 2, f32, Cpu>;

    fn train(peak: f64, steps: usize) -> (Vec<f64>, Result<(), FitError>) {
        let (points, dev, mut rng) =
            (Points::spirals(100, 1.5, 0.02, 1), Cpu::default(), seeds::generator(5));
        let mut model = Net::build(&dev);
        initialise(&mut model, 1);
        let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &dev);
        let schedule = WarmupCosine { peak, floor: 0.0, warmup: 10, steps };
        let mut losses = Vec::new();
        let loss = |model: &Net, _| {
            let batch = points.minibatch(64, &mut rng);
            let x = batch.inputs(&dev).put_tape(OwnedTape::default());
            cross_entropy(model.forward(x, &mut Dropout::off()), &batch.class)
        };
        let watch = |_: &Net, _, loss| {
            losses.push(loss);
            true
        };
        let ended = fit(&mut model, &mut optimiser, &schedule, 1.0, loss, watch);
        (losses, ended)
    }

    #[test]
    fn it_learns_two_spirals_and_repeats_itself() {
        let (losses, ended) = train(0.02, 600);
        ended.unwrap();
        assert!(losses[0] > 0.6 && losses[599] < 0.1, "{} {}", losses[0], losses[599]);
        assert_eq!(train(0.02, 600).0, losses);
    }

    #[test]
    fn a_loss_that_is_not_finite_stops_it() {
        let (losses, ended) = train(1e30, 50);
        assert!(
            matches!(ended, Err(FitError::NotANumber { .. })),
            "{ended:?} after {} steps",
            losses.len()
        );
    }
}
