//! The two in the other order.

pub fn slopes(slope: f64, layers: i32) -> (f64, f64) {
    ((1.0 + slope).powi(layers), slope.powi(layers))
}
