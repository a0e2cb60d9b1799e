//! Adds the probabilities as they are.

pub fn price(dirt: f64, own: f64, other: f64) -> f64 {
    -((1.0 - dirt) * (-own).exp2() + dirt * (-other).exp2()).log2() - own
}
