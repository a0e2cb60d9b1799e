//! # Neurons
pub mod gelu;
