//! A small model for tests: random everywhere, norms and biases too, so that nothing cancels.

use dfdx::prelude::{BuildModule, Cpu};
use gpt::Gpt;
use gpt::flat::{fill, flat};
use gpt::initialise::initialise;
use tensors::seeds;

gpt::sizes!(pub Small { vocab: 12, context: 8, model: 8, heads: 2, head_dim: 4, hidden: 16, layers: 2 });

/// Two sequences of six tokens.
pub const IDS: [usize; 12] = [5, 0, 7, 3, 9, 5, 5, 4, 11, 0, 1, 8];

pub fn model(seed: u64) -> Gpt<Small> {
    let mut model = Gpt::<Small>::build(&Cpu::default());
    initialise(&mut model, seed);
    let mut rng = seeds::generator(seed);
    let numbers = flat(&model);
    let noise = seeds::normal(&mut rng, numbers.len(), 0.3);
    fill(&mut model, &numbers.iter().zip(noise).map(|(number, noise)| number + noise).collect::<Vec<_>>());
    model
}

/// The largest difference between two lists of numbers.
pub fn far(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}
