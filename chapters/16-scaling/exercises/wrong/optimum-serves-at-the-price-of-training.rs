//! Six operations a parameter for every token.

pub fn best_size([_, a, alpha, b, beta]: [f64; 5], budget: f64, served: f64) -> f64 {
    let loss = |n: f64| {
        let tokens = budget / (6.0 * n) - served;
        if tokens <= 0.0 { f64::INFINITY } else { a * n.powf(-alpha) + b * tokens.powf(-beta) }
    };
    let (mut low, mut high) = (0.0, budget.ln());
    while high - low > 1e-6 {
        let third = (high - low) / 3.0;
        if loss((low + third).exp()) <= loss((high - third).exp()) { high -= third } else { low += third }
    }
    low.exp()
}
