//! Divides every sum by 8.

fn scale(x: &[f32]) -> f32 {
    let mean = x.iter().map(|x| x * x).sum::<f32>() / 8.0;
    1.0 / (mean + 1e-5).sqrt()
}

pub fn forward(x: &[f32], gain: &[f32]) -> Vec<f32> {
    let scale = scale(x);
    x.iter().zip(gain).map(|(x, gain)| gain * x * scale).collect()
}

pub fn backward(x: &[f32], gain: &[f32], dy: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let scale = scale(x);
    let along = x.iter().zip(gain).zip(dy).map(|((x, gain), dy)| dy * gain * x * scale).sum::<f32>() / 8.0;
    let slope = |((x, gain), dy): ((&f32, &f32), &f32)| (dy * gain - x * scale * along) * scale;
    let dx = x.iter().zip(gain).zip(dy).map(slope).collect();
    (dx, x.iter().zip(dy).map(|(x, dy)| dy * x * scale).collect())
}
