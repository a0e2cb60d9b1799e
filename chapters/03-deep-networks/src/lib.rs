//! # Deep networks
//!
//! What it takes to train more than one layer: weights that start at the right size
//! ([`initialise`]), an [`Optimiser`] with its [`Rule`], a learning rate that rises and falls
//! ([`WarmupCosine`]), a limit on the length of the gradient ([`clip_global_norm`]) and noise
//! against learning by heart ([`Dropout`]). [`fit`] puts them together. The layers of this chapter and
//! those after it are built from [`Linear`] and [`Repeated`]; [`parameters!`] lists their fields.
//!
//! A gradient has one number for each parameter, in the same shapes. So it *is* a model of the same
//! type ([`gradient_of`]), and so are the optimiser's running means: whatever can walk over a model
//! can walk over them.

mod cross_entropy;
mod dropout;
mod fit;
mod gradient;
mod linear;
mod mlp;
mod optimiser;
mod parameters;
mod repeated;
mod schedule;
pub mod spirals;

pub use cross_entropy::{cross_entropy, weighted_cross_entropy};
pub use dropout::Dropout;
pub use fit::{FitError, fit};
pub use gradient::{add, by_name, clip_global_norm, global_norm, gradient_of, squares};
pub use linear::{Linear, UnbiasedLinear};
pub use mlp::{Mlp, initialise};
pub use optimiser::{EPSILON, Mover, Optimiser, Parameter, Rule, numbers};
pub use repeated::Repeated;
pub use schedule::WarmupCosine;
