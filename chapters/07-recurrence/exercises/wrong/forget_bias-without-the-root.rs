//! The gate of a single step.

pub fn bias_for(share: f64, _steps: u32) -> f64 {
    (share / (1.0 - share)).ln()
}
