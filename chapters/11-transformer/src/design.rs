//! What holds a stack of layers together: the residual stream and the norm, and where the norm
//! stands.

use crate::LayerNorm;
use attention::Sequences;
use dfdx::prelude::{ConstDim, Device, Tape};
use tensors::Real;

// ANCHOR: design
/// Where the norm stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// x + f(norm(x)): **pre-norm**. The stream is never normalised on its way (GPT-2).
    Before,
    /// norm(x + f(x)): **post-norm**, as in 2017.
    After,
}

/// Which parts a model has. Leaving one out shows what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each is a part that can be left out, whatever the others are
pub struct Design {
    /// Where the norm stands.
    pub place: Place,
    /// Whether what a layer computes is added to what it was given.
    pub residual: bool,
    /// Whether there are norms at all.
    pub norm: bool,
    /// Whether tokens know where they stand.
    pub positions: bool,
    /// Whether there are feed-forward networks.
    pub feed_forward: bool,
}

impl Default for Design {
    fn default() -> Self {
        Self { place: Place::Before, residual: true, norm: true, positions: true, feed_forward: true }
    }
}

impl Design {
    /// One step `f` on the stream `x`, with its norm.
    pub fn step<Model: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
        self,
        x: Sequences<Model, E, D, T>,
        norm: &LayerNorm<Model, E, D>,
        f: impl FnOnce(Sequences<Model, E, D, T>) -> Sequences<Model, E, D, T>,
    ) -> Sequences<Model, E, D, T> {
        let normed = |x| if self.norm { norm.norm(x) } else { x };
        let added = |y, x| if self.residual { y + x } else { y };
        match self.place {
            Place::Before => added(f(normed(x.retaped::<T>())), x),
            Place::After => normed(added(f(x.retaped::<T>()), x)),
        }
    }
}
// ANCHOR_END: design
