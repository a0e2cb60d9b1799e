//! # Exercise: gate
//!
//! SwiGLU's bend is h = silu(a) · b, where silu(a) = a σ(a) and σ(a) = 1 / (1 + e⁻ᵃ); a and b are
//! two projections of the same input. Derive its backward pass, and compute both slopes from a, b
//! and the arriving dh in one go, so that nothing but a and b has to be kept.
//!
//! # Hints
//! - dh/db is silu(a).
//! - For dh/da, use the product rule on a · σ(a), and σ′ = σ (1 − σ).
#![allow(unused_variables)]

/// h.
pub fn forward(a: f64, b: f64) -> f64 {
    todo!("silu(a) · b")
}

/// (da, db).
pub fn backward(a: f64, b: f64, dh: f64) -> (f64, f64) {
    todo!("two slopes times dh")
}
