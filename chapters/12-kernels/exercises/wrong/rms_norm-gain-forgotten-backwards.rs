//! The gain is used forwards only.

fn scale(x: &[f32]) -> f32 {
    let mean = x.iter().map(|x| x * x).sum::<f32>() / x.len() as f32;
    1.0 / (mean + 1e-5).sqrt()
}

pub fn forward(x: &[f32], gain: &[f32]) -> Vec<f32> {
    let scale = scale(x);
    x.iter().zip(gain).map(|(x, gain)| gain * x * scale).collect()
}

pub fn backward(x: &[f32], _gain: &[f32], dy: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let scale = scale(x);
    let along = x.iter().zip(dy).map(|(x, dy)| dy * x * scale).sum::<f32>() / x.len() as f32;
    let dx = x.iter().zip(dy).map(|(x, dy)| (dy - x * scale * along) * scale).collect();
    (dx, x.iter().zip(dy).map(|(x, dy)| dy * x * scale).collect())
}
