//! Deep stacks, with norms before and after.

use super::CHAPTER;
use super::training::{Deep, draw, train};
use anyhow::Result;
use deep_networks::{FitError, gradient_of};
use dfdx::prelude::{Backward, BuildModule, Cpu, OwnedTape};
use figures::{Chart, save};
use rayon::prelude::*;
use transformer::{Design, Pairs, Place, smoothed_cross_entropy};

/// The gradient at each layer of a deep decoder before training, with norms before and after.
pub fn depths() -> Result<()> {
    const LAYERS: usize = 12;
    let batch = Pairs::from(&draw(32, false, 4)[..]);
    let targets: Vec<usize> = batch.targets.iter().map(|target| target.1).collect();
    let mut chart =
        Chart::new("The gradient before training", "layer of the decoder", "length of the gradient")
            .log_y();
    for (name, place) in [("pre-norm", Place::Before), ("post-norm", Place::After)] {
        let mut model = Deep::<LAYERS>::build(&Cpu::default());
        model.initialise(1);
        let design = Design { place, ..Design::default() };
        let loss =
            smoothed_cross_entropy(model.forward(&batch, design, OwnedTape::default()), &targets, 0.0);
        let gradient = gradient_of(&model, &mut loss.backward());
        let lengths: Vec<f64> = gradient
            .decoder
            .modules
            .iter()
            .map(|layer| {
                layer
                    .feed_forward
                    .down
                    .weight
                    .as_vec()
                    .iter()
                    .map(|&x| f64::from(x).powi(2))
                    .sum::<f64>()
                    .sqrt()
            })
            .collect();
        println!(
            "{name}: gradient of layer 1 {:.4}, of layer {LAYERS} {:.4}",
            lengths[0],
            lengths[LAYERS - 1]
        );
        chart = chart.line(name, lengths.iter().enumerate().map(|(i, &length)| ((i + 1) as f64, length)));
    }
    Ok(save(CHAPTER, "depth", &chart.draw()?)?)
}

/// Whether deep stacks train, with norms before and after.
pub fn deep_training() -> Result<()> {
    const SHORT: usize = 400;
    type Losses = Result<Vec<f64>, FitError>;
    type Run = (&'static str, fn(Place) -> Losses, Place);
    fn losses<const LAYERS: usize>(place: Place) -> Losses {
        Ok(train::<LAYERS>(Design { place, ..Design::default() }, SHORT, 0.1)?.1)
    }
    // The deepest first, so that both threads end at about the same time.
    let runs: [Run; 6] = [
        ("pre-norm 12", losses::<12>, Place::Before),
        ("post-norm 12", losses::<12>, Place::After),
        ("pre-norm 6", losses::<6>, Place::Before),
        ("post-norm 6", losses::<6>, Place::After),
        ("pre-norm 2", losses::<2>, Place::Before),
        ("post-norm 2", losses::<2>, Place::After),
    ];
    let found: Vec<Losses> = runs.par_iter().map(|(_, train, place)| train(*place)).collect();
    println!("depth and the place of the norm: loss of the last 50 of {SHORT} steps:");
    let mut chart = Chart::new("Depth, and the place of the norm", "step", "loss");
    for ((name, ..), losses) in runs.iter().zip(found) {
        let losses = losses?;
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        println!("  {name:<14} {:.2}", mean(&losses[SHORT - 50..]));
        chart =
            chart.line(name, losses.chunks(20).enumerate().map(|(i, part)| (20.0 * i as f64, mean(part))));
    }
    Ok(save(CHAPTER, "deep_training", &chart.draw()?)?)
}
