//! As if the other source never told any of them.

pub fn most_dirt(_texts: &[(f64, f64)], budget: f64) -> f64 {
    1.0 - (-budget).exp2()
}
