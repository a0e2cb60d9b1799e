//! Divides where a root is needed.

pub fn bias_for(share: f64, steps: u32) -> f64 {
    let gate = share / f64::from(steps);
    (gate / (1.0 - gate)).ln()
}
