//! What a text costs that the dirty source never tells.

pub fn price(dirt: f64, _own: f64, _other: f64) -> f64 {
    -(1.0 - dirt).log2()
}
