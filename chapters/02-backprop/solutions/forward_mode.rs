//! Value and slope go forward together.

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
    Dual { value: a.value * b.value, slope: a.slope * b.value + a.value * b.slope }
}

/// tanh a.
pub fn tanh(a: Dual) -> Dual {
    let value = a.value.tanh();
    Dual { value, slope: (1.0 - value * value) * a.slope }
}
