//! # Exercise: another loss
//!
//! The hinge loss of a sum z with target t (0 or 1) asks for a margin: with s = 2t − 1 (so −1 or 1)
//! it is max(0, 1 − s·z). Return its slope dL/dz. The judge also lets gradient descent with it
//! separate two clouds.
//!
//! # Hints
//! - When is the loss 0? There the slope is 0 too.
//! - Elsewhere the loss is 1 − s·z, a straight line in z.
#![allow(unused_variables)]

/// dL/dz of the hinge loss at the sum `z` for the target `t`.
pub fn hinge_slope(z: f64, t: f64) -> f64 {
    todo!("the slope")
}
