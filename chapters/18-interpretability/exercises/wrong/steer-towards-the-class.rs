//! Goes along the weights of the new class: the lead changes, but the way is not the shortest.

pub fn steer(probe: &[(Vec<f64>, f64)], x: &[f64], from: usize, to: usize, margin: f64) -> Vec<f64> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let score = |class: usize| dot(&probe[class].0, x) + probe[class].1;
    let direction = probe[to].0.clone();
    let missing = (margin - (score(to) - score(from))).max(0.0);
    let step = missing / (dot(&direction, &probe[to].0) - dot(&direction, &probe[from].0));
    direction.iter().map(|d| step * d).collect()
}
