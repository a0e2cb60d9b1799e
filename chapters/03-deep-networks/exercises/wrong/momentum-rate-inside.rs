//! The rate goes into m, where it stays when the rate changes.

pub fn momentum(theta: &mut [f64], m: &mut [f64], g: &[f64], lr: f64, beta: f64) {
    for ((theta, m), g) in theta.iter_mut().zip(m).zip(g) {
        *m = beta * *m + lr * g;
        *theta -= *m;
    }
}
