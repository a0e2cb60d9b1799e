//! # Exercise: the other direction
//!
//! A **dual number** carries a value and its slope by *one* chosen input, and every operation
//! computes both: differentiation forwards, without a tape. Write the product and tanh. (One run
//! gives the slope by one input: n inputs need n runs. That is why networks are differentiated
//! backwards.)
//!
//! # Hints
//! - The product rule: (ab)′ = a′b + ab′.
//! - The chain rule: tanh(a)′ = (1 − tanh²(a)) a′.
#![allow(unused_variables)]

/// A value and its slope by one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dual {
    /// The number.
    pub value: f64,
    /// How much it changes per unit of the chosen input.
    pub slope: f64,
}

/// a · b.
pub fn multiply(a: Dual, b: Dual) -> Dual {
    todo!("value and slope")
}

/// tanh a.
pub fn tanh(a: Dual) -> Dual {
    todo!("value and slope")
}
