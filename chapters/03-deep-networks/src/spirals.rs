//! Two spirals, one in the other: classes that no simple border separates.

use dfdx::prelude::{Const, Device, Tensor};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tensors::seeds;

/// Points and their classes.
#[derive(Debug, Clone)]
pub struct Points {
    /// Coordinates, two for each point.
    pub x: Vec<[f32; 2]>,
    /// Classes, 0 or 1.
    pub class: Vec<usize>,
}

impl Points {
    /// `count` points of each spiral, which winds `turns` times around the other, moved by noise of
    /// deviation `noise`.
    pub fn spirals(count: usize, turns: f32, noise: f32, seed: u64) -> Self {
        let noise = seeds::normal(&mut seeds::generator(seed), 4 * count, noise);
        let point = |i: usize| {
            let (along, class) = ((i / 2) as f32 / count as f32, i % 2);
            let angle = (2.0 * along * turns + class as f32) * std::f32::consts::PI;
            let radius = 0.2 + 1.8 * along;
            [radius * angle.cos() + noise[2 * i], radius * angle.sin() + noise[2 * i + 1]]
        };
        Self { x: (0..2 * count).map(point).collect(), class: (0..2 * count).map(|i| i % 2).collect() }
    }

    /// All coordinates as a tensor `(points, 2)`.
    pub fn inputs<D: Device<f32>>(&self, device: &D) -> Tensor<(usize, Const<2>), f32, D> {
        device.tensor_from_vec(self.x.concat(), (self.x.len(), Const))
    }

    /// A **minibatch**: `rows` points drawn with replacement.
    #[must_use]
    pub fn minibatch(&self, rows: usize, rng: &mut ChaCha8Rng) -> Self {
        let drawn: Vec<usize> = (0..rows).map(|_| rng.gen_range(0..self.x.len() as u32) as usize).collect();
        Self {
            x: drawn.iter().map(|&i| self.x[i]).collect(),
            class: drawn.iter().map(|&i| self.class[i]).collect(),
        }
    }
}
