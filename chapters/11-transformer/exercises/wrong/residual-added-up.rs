//! Adds the layers' slopes: a layer does not see what the others added.

pub fn slopes(slope: f64, layers: i32) -> (f64, f64) {
    (slope.powi(layers), 1.0 + slope * f64::from(layers))
}
