//! # Kernels
//!
//! The parts of a GPT, each as a single step on dfdx's tape. The composites of the earlier chapters
//! say what is computed; the kernels here compute the same with fewer passes over memory, on the
//! widest instructions of the machine. [`Kernels`] is the seam: a device that has a faster way to
//! do a part says so, every other device uses the composite.

mod attend;
mod attention;
mod buffer;
mod cross_entropy;
mod device;
mod embedding;
mod lanes;
mod layer_norm;
mod linear;
pub mod matmul;
pub mod measured;
mod numbers;
pub mod online;
pub mod parallel;
mod residual;
mod shareable;
mod think;
mod update;

pub use device::{Kernels, block, composite_update};
pub use parallel::Workers;
pub use shareable::Shareable;
