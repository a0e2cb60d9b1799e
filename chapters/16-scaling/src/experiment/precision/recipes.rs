//! Ways to keep the numbers of a training in fewer bits, and a step by each of them.

use dfdx::prelude::Cpu;
use gpt::data::Batch;
use gpt::loss::loss_and_gradients;
use gpt::{Gpt, Run, sizes};
use kernels::Workers;
use scaling::loss_scaling::{Lost, ScaledLoss};
use scaling::rounded::{round, round_gradients};
use scaling::rounding::{Float, Format};
use std::sync::Arc;

sizes!(
    /// Some hundred thousand parameters in two blocks.
    pub Small { vocab: 512, context: 128, model: 64, heads: 4, head_dim: 16, hidden: 256, layers: 2 }
);

/// How a run keeps its numbers.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    pub name: &'static str,
    /// What the model computes with.
    pub weights: Format,
    /// Whether the optimiser moves weights in f32, of which those are a rounded copy.
    master: bool,
    /// What is finished on the way back.
    gradients: Format,
    /// What passes on the way back. Without a format it stays inside the kernels, in f32.
    pub slopes: Option<Format>,
    /// What the loss is multiplied with.
    pub scale: f32,
    moments: Format,
}

const F32: Recipe = Recipe {
    name: "all in f32",
    weights: Format::F32,
    master: false,
    gradients: Format::F32,
    slopes: None,
    scale: 1.0,
    moments: Format::F32,
};
pub const BF16: Format = Format::Float(Float::BF16);
pub const F16: Format = Format::Float(Float::F16);

pub const RECIPES: [Recipe; 7] = [
    F32,
    Recipe { name: "weights in bf16", weights: BF16, ..F32 },
    Recipe { name: "weights in bf16, master in f32", weights: BF16, master: true, ..F32 },
    Recipe { name: "gradients in f16", gradients: F16, ..F32 },
    Recipe { name: "gradients in f16, loss times 4096", gradients: F16, scale: 4096.0, ..F32 },
    Recipe { name: "moments in bf16", moments: BF16, ..F32 },
    Recipe { name: "moments in f16", moments: F16, ..F32 },
];

/// What is rounded while it passes on the way back. The first rounds nothing, and differs from [`RECIPES`]'
/// first in the order of its sums. A loss over 4096 has the slopes of a batch with 4096 times the tokens.
pub const ON_THE_WAY_BACK: [Recipe; 7] = [
    passing("slopes in f32", Format::F32, 1.0),
    passing("slopes in f16, loss times 2^26", F16, 67_108_864.0),
    passing("slopes in f16, loss times 4096", F16, 4096.0),
    passing("slopes in f16", F16, 1.0),
    passing("slopes in f16, loss over 64", F16, 1.0 / 64.0),
    passing("slopes in f16, loss over 4096", F16, 1.0 / 4096.0),
    passing("slopes in bf16, loss over 4096", BF16, 1.0 / 4096.0),
];

const fn passing(name: &'static str, slopes: Format, scale: f32) -> Recipe {
    Recipe { name, slopes: Some(slopes), scale, ..F32 }
}

type Gradients = dfdx::prelude::Gradients<f32, Cpu>;

impl Recipe {
    // ANCHOR: step
    /// A step in which whatever is kept is rounded. Returns the loss before it.
    pub fn step(
        self,
        run: &mut Run<Gpt<Small>>,
        batch: &Batch,
        workers: &Workers,
        gradients: &mut Vec<Gradients>,
        lost: &Arc<Lost>,
    ) -> f64 {
        // A copy of a tensor has its name on the tape: what arrives at the copy moves the master.
        let mut model = run.model.clone();
        round(&mut model, self.weights);
        let loss = if let Some(slopes) = self.slopes {
            let (model, lost) = (model.clone(), Arc::clone(lost));
            let mut scaled = ScaledLoss { model, slopes, scale: self.scale, lost };
            scaled.loss_and_gradients(workers, batch, gradients)
        } else {
            loss_and_gradients(workers, &model, batch, (0.0, 0), gradients)
        };
        for part in &mut *gradients {
            round_gradients(&mut model, part, self.gradients, self.scale);
        }
        if !self.master {
            run.model = model;
        }
        let rate = run.settings.schedule().rate(run.optimiser.step);
        workers.update(&mut run.optimiser, &mut run.model, gradients, run.settings.clip, rate);
        if !self.master {
            round(&mut run.model, self.weights);
        }
        round(&mut run.optimiser.moment1, self.moments);
        round(&mut run.optimiser.moment2, self.moments);
        loss
    }
    // ANCHOR_END: step
}
