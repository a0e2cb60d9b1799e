//! # Kernels
//!
//! The operations of a Transformer, each as a single step on dfdx's tape. The composite versions of the earlier chapters say what is
//! computed; the ones here compute the same with fewer passes over memory: a layer norm reads its row once instead of nine times.
//! [`Kernels`] is the seam: a device that has a faster way to do an operation says so, every other device uses the composite.

mod add;
mod attention;
mod cross_entropy;
mod device;
mod lanes;
mod layer_norm;
mod layers;
mod linear;
pub mod matmul;

pub use device::Kernels;
pub use layers::{attend, block, think};
