//! A search by thirds.

/// The number of parameters with the lowest loss. The law is E, A, α, B, β.
pub fn best_size([e, a, alpha, b, beta]: [f64; 5], budget: f64, served: f64) -> f64 {
    let loss = |log_n: f64| {
        let n = log_n.exp();
        let tokens = (budget - 2.0 * n * served) / (6.0 * n);
        // A model that serving alone makes too dear learns nothing.
        if tokens <= 0.0 { f64::INFINITY } else { e + a * n.powf(-alpha) + b * tokens.powf(-beta) }
    };
    let (mut low, mut high) = (0.0, budget.ln());
    while high - low > 1e-6 {
        let third = (high - low) / 3.0;
        if loss(low + third) <= loss(high - third) { high -= third } else { low += third }
    }
    f64::midpoint(low, high).exp()
}
