//! Gives the clean source the share of the dirt.

pub fn price(dirt: f64, own: f64, other: f64) -> f64 {
    let odds = ((1.0 - dirt) / dirt).log2() + own - other;
    let sum = odds.max(0.0) + (1.0 + (-odds.abs()).exp2()).log2();
    -dirt.log2() - sum
}
