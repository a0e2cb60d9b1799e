//! The biases are not looked at.

pub fn steer(probe: &[(Vec<f64>, f64)], x: &[f64], from: usize, to: usize, margin: f64) -> Vec<f64> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let score = |class: usize| dot(&probe[class].0, x);
    let direction: Vec<f64> = probe[to].0.iter().zip(&probe[from].0).map(|(to, from)| to - from).collect();
    let missing = (margin - (score(to) - score(from))).max(0.0);
    let step = missing / dot(&direction, &direction);
    direction.iter().map(|d| step * d).collect()
}
