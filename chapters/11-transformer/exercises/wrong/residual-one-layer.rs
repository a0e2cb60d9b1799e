//! The number of layers is not used.

pub fn slopes(slope: f64, _layers: i32) -> (f64, f64) {
    (slope, 1.0 + slope)
}
