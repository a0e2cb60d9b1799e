//! RMS norm: the mean stays.

pub fn layer_norm(x: &[f64]) -> Vec<f64> {
    let square = x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64;
    x.iter().map(|x| x / (square + 1e-5).sqrt()).collect()
}
