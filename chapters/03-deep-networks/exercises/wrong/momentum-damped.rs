//! An average of gradients, (1 − β) g, instead of their sum.

pub fn momentum(theta: &mut [f64], m: &mut [f64], g: &[f64], lr: f64, beta: f64) {
    for ((theta, m), g) in theta.iter_mut().zip(m).zip(g) {
        *m = beta * *m + (1.0 - beta) * g;
        *theta -= lr * *m;
    }
}
