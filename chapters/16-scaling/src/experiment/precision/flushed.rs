//! How many slopes f16 flushes to zero, by what the loss was multiplied with.

use super::record::{DefaultRun, Flushed};
use deep_networks::{Dropout, by_name, gradient_of};
use dfdx::prelude::{Backward, BuildModule, Cpu, NoneTape, OwnedTape};
use gpt::Gpt;
use gpt::corpus::Text;
use gpt::data::{Batch, Starts};
use gpt::initialise::initialise;
use gpt::seen::Place;
use gpt::sizes::LaptopBpe;
use kernels::Kernels;
use scaling::rounding::Float;
use tensors::seeds;
use tokens::Tokenizer;

/// Before training and after it, of one batch of the default run.
pub fn flushed(run: &DefaultRun, text: &Text) -> Vec<Flushed> {
    let tokens = run.tokenizer.encode(&text.train);
    let context = run.settings.context;
    let starts = Starts::new(&tokens, context, &run.tokenizer, true);
    let batch = Batch::random(&tokens, &starts, run.settings.batch, context, &mut seeds::generator(16));
    let mut untrained = Gpt::<LaptopBpe>::build(&Cpu::default());
    initialise(&mut untrained, run.settings.seed);
    let mut found = Vec::new();
    for (name, model) in [("untrained", &untrained), ("trained", &run.model)] {
        let (parameters, stream) = slopes(model, &batch);
        for (by, slopes) in [("parameters", parameters), ("stream", stream)] {
            let slopes: Vec<f32> = slopes.into_iter().filter(|slope| *slope != 0.0).collect();
            for scale in (0..=40).step_by(2) {
                let factor = 2_f32.powi(scale);
                let (mut zero, mut infinite) = (0, 0);
                for slope in &slopes {
                    let kept = Float::F16.round(slope * factor);
                    zero += usize::from(kept == 0.0);
                    infinite += usize::from(kept.is_infinite());
                }
                let share = |count: usize| count as f64 / slopes.len() as f64;
                let (zero, infinite) = (share(zero), share(infinite));
                let (slopes, count) = (format!("{name}, {by}"), slopes.len());
                found.push(Flushed { slopes, count, scale, zero, infinite });
            }
        }
    }
    found
}

/// The slopes of a batch's loss by every parameter, and by the stream behind every block's attention.
fn slopes(model: &Gpt<LaptopBpe>, batch: &Batch) -> (Vec<f32>, Vec<f32>) {
    let mut seen = Vec::new();
    let tape = OwnedTape::default(); // one that keeps the slopes by everything
    let x = model.stream_seen(&batch.inputs, batch.rows, tape, &mut Dropout::off(), |place, x| {
        if matches!(place, Place::Attended(_)) {
            seen.push(x.retaped::<NoneTape>());
        }
        x
    });
    let mut gradients = Cpu::cross_entropy(model.scores(x), &batch.targets, None).backward();
    let by_stream = seen.iter().flat_map(|x| gradients.get(x).as_vec()).collect();
    let by_parameter = by_name(&gradient_of(model, &mut gradients));
    (by_parameter.into_iter().flat_map(|(_, slopes)| slopes).collect(), by_stream)
}
