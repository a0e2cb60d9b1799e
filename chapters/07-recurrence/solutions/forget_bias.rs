//! From a share to a gate to a bias.

/// The bias of the forget gate.
pub fn bias_for(share: f64, steps: u32) -> f64 {
    let gate = share.powf(1.0 / f64::from(steps));
    (gate / (1.0 - gate)).ln()
}
