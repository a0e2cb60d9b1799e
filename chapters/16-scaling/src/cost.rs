//! What a step of training costs, counted before it is made: bytes, and operations against the rule of
//! thumb.
//!
//! Parameters and operations of a [`Shape`] are counted in chapter 12 ([`Shape::total`],
//! [`Shape::flops_per_token`]). Here are the bytes, all in f32.

use gpt::Shape;

/// Bytes of a number.
const NUMBER: usize = size_of::<f32>();

// ANCHOR: memory
/// What the blocks keep for the backward pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// All that their kernels need: [`Shape::kept_per_token`].
    Everything,
    /// The input of each, which is computed again from there ([recompute](crate::recompute)).
    Inputs,
}

/// Where the bytes of a step are, on one thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// The parameters.
    pub weights: usize,
    /// A slope for each.
    pub gradients: usize,
    /// AdamW's m and v for each.
    pub moments: usize,
    /// What the blocks keep of the tokens that are read in one piece.
    pub blocks: usize,
    /// What the two ends keep of them: the last norm and the output what they read, the loss the scores
    /// and their slopes.
    pub ends: usize,
}

impl Memory {
    /// Of a step in pieces of `tokens` tokens.
    pub fn of_step(shape: &Shape, tokens: usize, keep: Keep) -> Self {
        let weights = shape.total() * NUMBER;
        let blocks = match keep {
            Keep::Everything => shape.kept_per_token(),
            // One block at a time is on its way back, and keeps everything.
            Keep::Inputs => shape.layers * shape.model * NUMBER + shape.kept_per_token() / shape.layers,
        };
        Self {
            weights,
            gradients: weights,
            moments: 2 * weights,
            blocks: tokens * blocks,
            ends: tokens * 2 * (shape.model + shape.vocabulary) * NUMBER,
        }
    }

    /// What grows with the tokens.
    pub fn activations(&self) -> usize {
        self.blocks + self.ends
    }

    /// All of it.
    pub fn total(&self) -> usize {
        self.weights + self.gradients + self.moments + self.activations()
    }
}

/// Bytes of keys and values that a token leaves in the cache when a model writes.
pub fn cached_per_token(shape: &Shape) -> usize {
    2 * shape.layers * shape.model * NUMBER
}
// ANCHOR_END: memory

/// Operations to train on a token of a window of `seq`: forward, and twice that on the way back.
pub fn training_flops(shape: &Shape, seq: usize) -> usize {
    3 * shape.flops_per_token(seq)
}

/// The counted operations for one that 6N promises, N being all parameters.
pub fn for_one_of_six_n(shape: &Shape, seq: usize) -> f64 {
    training_flops(shape, seq) as f64 / (6.0 * shape.total() as f64)
}

/// What makes the difference, each as a share of 6N: what attention adds, and what parameters that are in
/// no product (positions, biases, norms) do not cost.
pub fn difference(shape: &Shape, seq: usize) -> (f64, f64) {
    let six_n = 6.0 * shape.total() as f64;
    let products = 3.0 * shape.flops_at(0) as f64;
    ((training_flops(shape, seq) as f64 - products) / six_n, products / six_n - 1.0)
}

/// Operations of a step whose blocks are recomputed, for one that a step makes otherwise: the blocks go
/// forward once more.
pub fn price_of_recomputing(shape: &Shape, seq: usize) -> f64 {
    let output = 2 * shape.vocabulary * shape.model;
    let again = shape.flops_per_token(seq) - output;
    1.0 + again as f64 / training_flops(shape, seq) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::GPT3;
    use gpt::sizes::{Gpt2, Laptop, LaptopBpe, Shakespeare, Tiny};
    use pretrained::sizes::Xl;

    #[test]
    fn a_step_of_tiny_by_hand() {
        // 35,712 parameters. Of a token each of 2 blocks keeps 6 · 32 + 128 numbers, the ends 2 · (32 +
        // 256).
        let memory = Memory::of_step(&Shape::of::<Tiny>(), 64, Keep::Everything);
        assert_eq!(memory.weights, 35_712 * 4);
        assert_eq!((memory.gradients, memory.moments), (memory.weights, 2 * memory.weights));
        assert_eq!(memory.blocks, 64 * 2 * 320 * 4);
        assert_eq!(memory.ends, 64 * 576 * 4);
        // The inputs alone: 2 · 32 numbers, and 320 for the block that is computed again.
        assert_eq!(Memory::of_step(&Shape::of::<Tiny>(), 64, Keep::Inputs).blocks, 64 * 384 * 4);
    }

    #[test]
    fn a_step_of_the_default_run_is_mostly_what_it_keeps() {
        let memory = Memory::of_step(&Shape::of::<LaptopBpe>(), 6 * 320, Keep::Everything);
        // 1,063,680 parameters at 16 bytes, and for each token 4 · 1,280 numbers in blocks, 3,840 at the
        // ends.
        assert_eq!(memory.total() - memory.activations(), 1_063_680 * 16);
        assert_eq!(memory.activations(), 6 * 320 * (4 * 1280 + 3840) * 4);
        assert!(memory.activations() > 4 * (memory.total() - memory.activations()));
    }

    #[test]
    fn what_is_left_of_six_n_is_explained() {
        for (shape, seq) in [
            (Shape::of::<Tiny>(), 64),
            (Shape::of::<Laptop>(), 64),
            (Shape::of::<LaptopBpe>(), 320),
            (Shape::of::<Shakespeare>(), 256),
            (Shape::of::<Gpt2>(), 1024),
            (Shape::of::<Xl>(), 1024),
            (GPT3, 2048),
        ] {
            let (attention, unused) = difference(&shape, seq);
            assert!(attention > 0.0 && unused < 0.0);
            let count = for_one_of_six_n(&shape, seq);
            assert!((1.0 + attention + unused - count).abs() < 1e-12);
            // One to eleven hundredths off, says the page.
            assert!((0.005..0.115).contains(&(count - 1.0).abs()), "{count}");
        }
    }

    #[test]
    fn recomputing_costs_a_third_where_the_blocks_are_nearly_all() {
        let deep = Shape { layers: 1000, ..Shape::of::<LaptopBpe>() };
        assert!((price_of_recomputing(&deep, 320) - 4.0 / 3.0).abs() < 1e-3);
        assert!(price_of_recomputing(&Shape::of::<LaptopBpe>(), 320) < 4.0 / 3.0);
    }
}
