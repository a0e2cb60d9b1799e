//! Models of three sizes that read the beginnings of stories.

use super::super::setup::Lab;
use super::record::{self, Job, Run};
use anyhow::{Result, anyhow};
use dfdx::prelude::Cpu;
use gpt::tokenizer::Tokens;
use gpt::{Shape, sizes, with_model};

sizes!(
    /// 16 wide, 2 layers.
    pub Narrow { vocab: 1024, context: 96, model: 16, heads: 2, head_dim: 8, hidden: 64, layers: 2 }
);
sizes!(
    /// 32 wide, 2 layers.
    pub Middle { vocab: 1024, context: 96, model: 32, heads: 2, head_dim: 16, hidden: 128, layers: 2 }
);
sizes!(
    /// 64 wide, 3 layers.
    pub Wide { vocab: 1024, context: 96, model: 64, heads: 4, head_dim: 16, hidden: 256, layers: 3 }
);

/// The size that all is tried with.
pub const MIDDLE: Shape = Shape::of::<Middle>();
/// All sizes.
pub const SIZES: [Shape; 3] = [Shape::of::<Narrow>(), MIDDLE, Shape::of::<Wide>()];

/// A run of the model that the job names.
pub fn run(tokenizer: &Tokens, job: Job) -> Result<Run> {
    let shape = SIZES.into_iter().find(|shape| shape.model == job.width);
    let shape = shape.ok_or_else(|| anyhow!("no model is {} wide", job.width))?;
    let run = with_model!(shape, Cpu, [Narrow, Middle, Wide], M => {
        record::run(&Lab::<M>::beginnings(tokenizer.clone()), job)
    });
    run.expect("each of the sizes is a model's")
}
