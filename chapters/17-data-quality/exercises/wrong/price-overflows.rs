//! Takes the clean source's part out, always.

pub fn price(dirt: f64, own: f64, other: f64) -> f64 {
    -(1.0 - dirt + dirt * (own - other).exp2()).log2()
}
