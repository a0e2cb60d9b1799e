//! Fits two parameters.

pub fn momentum(theta: &mut [f64], m: &mut [f64], g: &[f64], lr: f64, beta: f64) {
    for i in 0..2 {
        m[i] = beta * m[i] + g[i];
        theta[i] -= lr * m[i];
    }
}
