//! The experiment of chapter 11: `cargo run --release -p transformer`.
//!
//! A Transformer learns to translate numbers between digits, English and German; then parts of it
//! are taken out.

mod experiment;

use anyhow::Result;
use dfdx::prelude::{BuildModule, Cpu, NumParams};

fn main() -> Result<()> {
    println!("{} parameters", experiment::Model::build(&Cpu::default()).num_trainable_params());
    experiment::architecture()?;
    experiment::translation()?;
    experiment::ablations()?;
    experiment::depths()?;
    experiment::deep_training()?;
    experiment::schedule()?;
    experiment::families()
}
