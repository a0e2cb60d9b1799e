//! # Deep networks
//!
//! What it takes to train more than one layer: an optimiser ([`AdamW`]), a learning rate that rises and falls ([`WarmupCosine`]), a
//! limit on the length of the gradient ([`clip_global_norm`]) and noise against learning by heart ([`Dropout`]).
//!
//! A gradient has one number for each parameter, in the same shapes. So it *is* a model of the same type ([`gradient_of`]), and so are
//! the optimiser's running means: whatever can walk over a model can walk over them.

mod adamw;
mod cross_entropy;
mod dropout;
mod gradient;
mod schedule;

pub use adamw::{AdamW, AdamWConfig};
pub use cross_entropy::cross_entropy;
pub use dropout::Dropout;
pub use gradient::{add, clip_global_norm, global_norm, gradient_of};
pub use schedule::WarmupCosine;
