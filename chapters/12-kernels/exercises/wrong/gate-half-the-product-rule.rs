//! σ(a) · b: the slope of σ is forgotten.

fn sigmoid(a: f64) -> f64 {
    1.0 / (1.0 + (-a).exp())
}

pub fn forward(a: f64, b: f64) -> f64 {
    a * sigmoid(a) * b
}

pub fn backward(a: f64, b: f64, dh: f64) -> (f64, f64) {
    (dh * b * sigmoid(a), dh * a * sigmoid(a))
}
