//! The formula for nobody to serve.

pub fn best_size([_, a, alpha, b, beta]: [f64; 5], budget: f64, _served: f64) -> f64 {
    let ratio = alpha * a / (beta * b) * (budget / 6.0).powf(beta);
    ratio.powf(1.0 / (alpha + beta))
}
