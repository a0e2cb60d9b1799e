//! The inverse of σ(−x).

pub fn bias_for(share: f64, steps: u32) -> f64 {
    let gate = share.powf(1.0 / f64::from(steps));
    ((1.0 - gate) / gate).ln()
}
