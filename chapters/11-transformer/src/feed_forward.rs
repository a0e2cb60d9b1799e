//! The feed-forward network: FF(x) = GELU(x W₁ + b₁) W₂ + b₂, the same for every position.
//!
//! It holds two thirds of a block's parameters and never looks at another position. `HIDDEN` is
//! four times `MODEL` by custom (Vaswani et al. 2017, section 3.3).

use deep_networks::Dropout;
use dfdx::nn::modules::Linear;
use dfdx::prelude::{Const, Device, Dtype, Module, ModuleVisitor, Storage, Tape, Tensor, TensorCollection};
use neurons::gelu::Gelu;
use tensors::Real;

// ANCHOR: feed_forward
/// Up to `HIDDEN` numbers, through a GELU, and down again.
#[derive(Debug, Clone)]
pub struct FeedForward<const MODEL: usize, const HIDDEN: usize, E: Dtype, D: Storage<E>> {
    /// W₁, b₁.
    pub up: Linear<MODEL, HIDDEN, E, D>,
    /// W₂, b₂.
    pub down: Linear<HIDDEN, MODEL, E, D>,
}

impl<const MODEL: usize, const HIDDEN: usize, E: Real, D: Gelu<E>> FeedForward<MODEL, HIDDEN, E, D> {
    /// `(batch, seq, MODEL)` to the same shape; `dropout` acts on the result.
    pub fn think<T: Tape<E, D>>(
        &self,
        x: Tensor<(usize, usize, Const<MODEL>), E, D, T>,
        dropout: &mut Dropout,
    ) -> Tensor<(usize, usize, Const<MODEL>), E, D, T> {
        dropout.apply(self.down.forward(D::gelu(self.up.forward(x))))
    }
}
// ANCHOR_END: feed_forward

impl<const MODEL: usize, const HIDDEN: usize, E: Real, D: Device<E>> TensorCollection<E, D>
    for FeedForward<MODEL, HIDDEN, E, D>
{
    type To<E2: Dtype, D2: Device<E2>> = FeedForward<MODEL, HIDDEN, E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(
            (
                Self::module("up", |s| &s.up, |s| &mut s.up),
                Self::module("down", |s| &s.down, |s| &mut s.down),
            ),
            |(up, down)| FeedForward { up, down },
        )
    }
}
