//! Shifts nothing as soon as the class leads at all.

pub fn steer(probe: &[(Vec<f64>, f64)], x: &[f64], from: usize, to: usize, margin: f64) -> Vec<f64> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let score = |class: usize| dot(&probe[class].0, x) + probe[class].1;
    let direction: Vec<f64> = probe[to].0.iter().zip(&probe[from].0).map(|(to, from)| to - from).collect();
    let lead = score(to) - score(from);
    let missing = if lead > 0.0 { 0.0 } else { margin - lead };
    let step = missing / dot(&direction, &direction);
    direction.iter().map(|d| step * d).collect()
}
