//! f goes on rising above `full`.

pub fn loss(w: &[f64], c: &[f64], bias_w: f64, bias_c: f64, count: f64, full: f64) -> f64 {
    if count == 0.0 {
        return 0.0;
    }
    let product: f64 = w.iter().zip(c).map(|(w, c)| w * c).sum();
    (count / full).powf(0.75) * (product + bias_w + bias_c - count.ln()).powi(2)
}
