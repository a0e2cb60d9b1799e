//! The best of the powers of two.

pub fn best_size([_, a, alpha, b, beta]: [f64; 5], budget: f64, served: f64) -> f64 {
    let loss = |n: f64| {
        let tokens = (budget - 2.0 * n * served) / (6.0 * n);
        if tokens <= 0.0 { f64::INFINITY } else { a * n.powf(-alpha) + b * tokens.powf(-beta) }
    };
    let sizes = (0..80).map(|i| 2_f64.powi(i));
    sizes.min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or_default()
}
