//! Takes the natural logarithm.

pub fn price(dirt: f64, own: f64, other: f64) -> f64 {
    let odds = (dirt / (1.0 - dirt)).log2() + own - other;
    let sum = odds.max(0.0) + (1.0 + (-odds.abs()).exp2()).ln();
    -(1.0 - dirt).ln() - sum
}
