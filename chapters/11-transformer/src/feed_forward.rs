//! The feed-forward network: FF(x) = GELU(x W₁ + b₁) W₂ + b₂, the same for every position.
//!
//! It holds two thirds of a block's parameters and never looks at another position. `Hidden` is
//! four times `Model` by custom (Vaswani et al. 2017, section 3.3).

use attention::Sequences;
use deep_networks::{Dropout, Linear, parameters};
use dfdx::prelude::{ConstDim, Dtype, Module, Storage, Tape};
use neurons::gelu::Gelu;
use tensors::Real;

// ANCHOR: feed_forward
/// Up to `Hidden` numbers, through a GELU, and down again.
#[derive(Debug, Clone)]
pub struct FeedForward<Model: ConstDim, Hidden: ConstDim, E: Dtype, D: Storage<E>> {
    /// W₁, b₁.
    pub up: Linear<Model, Hidden, E, D>,
    /// W₂, b₂.
    pub down: Linear<Hidden, Model, E, D>,
}

impl<Model: ConstDim, Hidden: ConstDim, E: Real, D: Gelu<E>> FeedForward<Model, Hidden, E, D> {
    /// `(batch, seq, Model)` to the same shape; `dropout` acts on the result.
    pub fn think<T: Tape<E, D>>(
        &self,
        x: Sequences<Model, E, D, T>,
        dropout: &mut Dropout,
    ) -> Sequences<Model, E, D, T> {
        dropout.apply(self.down.forward(D::gelu(self.up.forward(x))))
    }
}
// ANCHOR_END: feed_forward

parameters!(FeedForward<Model: ConstDim, Hidden: ConstDim> { up, down });
