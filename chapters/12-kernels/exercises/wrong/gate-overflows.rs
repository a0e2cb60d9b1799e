//! eᵃ / (1 + eᵃ): infinity by infinity for large numbers.

fn sigmoid(a: f64) -> f64 {
    a.exp() / (1.0 + a.exp())
}

pub fn forward(a: f64, b: f64) -> f64 {
    a * sigmoid(a) * b
}

pub fn backward(a: f64, b: f64, dh: f64) -> (f64, f64) {
    let s = sigmoid(a);
    (dh * b * (s + a * s * (1.0 - s)), dh * a * s)
}
