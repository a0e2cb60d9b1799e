//! Does not keep m.

pub fn momentum(theta: &mut [f64], m: &mut [f64], g: &[f64], lr: f64, beta: f64) {
    for ((theta, m), g) in theta.iter_mut().zip(m).zip(g) {
        *theta -= lr * (beta * *m + g);
    }
}
