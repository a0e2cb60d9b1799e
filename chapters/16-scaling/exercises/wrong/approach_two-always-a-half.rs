//! What is usually said.

/// A run.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code)] // it does not look at them
pub struct Run {
    /// Operations that training cost.
    pub budget: f64,
    /// Parameters.
    pub n: f64,
    /// What came of it.
    pub loss: f64,
}

pub fn exponent(_runs: &[Run]) -> f64 {
    0.5
}
