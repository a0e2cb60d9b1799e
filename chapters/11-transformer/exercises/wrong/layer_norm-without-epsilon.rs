//! 0 by 0.

pub fn layer_norm(x: &[f64]) -> Vec<f64> {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / x.len() as f64;
    x.iter().map(|x| (x - mean) / variance.sqrt()).collect()
}
