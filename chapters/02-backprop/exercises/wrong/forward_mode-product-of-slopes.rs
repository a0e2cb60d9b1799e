//! (ab)′ = a′b′.

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dual {
    pub value: f64,
    pub slope: f64,
}

pub fn multiply(a: Dual, b: Dual) -> Dual {
    Dual { value: a.value * b.value, slope: a.slope * b.slope }
}

pub fn tanh(a: Dual) -> Dual {
    let value = a.value.tanh();
    Dual { value, slope: (1.0 - value * value) * a.slope }
}
