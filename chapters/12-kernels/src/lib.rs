//! # Kernels
//!
//! The parts of a GPT, each as a single step on dfdx's tape. The composites of the earlier chapters
//! say what is computed; the kernels here compute the same with fewer passes over memory, on the
//! widest instructions of the machine. [`Kernels`] is the seam: a device that has a faster way to
//! do a part says so, every other device uses the composite.

mod attend;
mod attention;
mod buffer;
mod cpu;
mod cross_entropy;
mod device;
mod embedding;
pub mod lanes;
mod layer_norm;
mod linear;
pub mod matmul;
pub mod measured;
pub mod online;
pub mod parallel;
mod residual;
mod shape;
mod shareable;
mod sized;
mod think;
mod update;

pub use device::{Causal, Kernels, composite_update};
pub use parallel::Workers;
pub use shape::Shape;
pub use shareable::Shareable;
