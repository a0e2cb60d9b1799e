//! Two means.

/// (x − mean) / √(variance + 1e-5).
pub fn layer_norm(x: &[f64]) -> Vec<f64> {
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let centre = mean(x);
    let distances: Vec<f64> = x.iter().map(|x| x - centre).collect();
    let variance = mean(&distances.iter().map(|d| d * d).collect::<Vec<_>>());
    distances.iter().map(|d| d / (variance + 1e-5).sqrt()).collect()
}
