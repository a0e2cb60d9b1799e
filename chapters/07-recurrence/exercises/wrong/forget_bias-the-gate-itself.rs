//! The gate, not its bias.

pub fn bias_for(share: f64, steps: u32) -> f64 {
    share.powf(1.0 / f64::from(steps))
}
