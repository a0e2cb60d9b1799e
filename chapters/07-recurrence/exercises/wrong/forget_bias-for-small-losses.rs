//! 1 − (1 − share)/steps: the root, where little is lost.

pub fn bias_for(share: f64, steps: u32) -> f64 {
    let gate = 1.0 - (1.0 - share) / f64::from(steps);
    (gate / (1.0 - gate)).ln()
}
