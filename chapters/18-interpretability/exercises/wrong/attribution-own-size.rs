//! Wrong: each part is divided by its own size.

/// ε of the norm.
pub const EPSILON: f64 = 1e-5;

/// What each head adds to the score, and then the rest.
pub fn attribution(
    stream: &[f64],
    found: &[Vec<f64>],
    output: &[Vec<f64>],
    gain: &[f64],
    direction: &[f64],
) -> Vec<f64> {
    let adds = |vector: &[f64]| -> f64 {
        let square = vector.iter().map(|x| x * x).sum::<f64>() / vector.len() as f64;
        let size = (square + EPSILON).sqrt();
        (0..vector.len()).map(|i| vector[i] / size * gain[i] * direction[i]).sum()
    };
    let mut parts = Vec::new();
    let mut column = 0;
    for numbers in found {
        let vector: Vec<f64> = output
            .iter()
            .map(|row| numbers.iter().enumerate().map(|(i, number)| row[column + i] * number).sum())
            .collect();
        parts.push(adds(&vector));
        column += numbers.len();
    }
    let rest = adds(stream) - parts.iter().sum::<f64>();
    parts.push(rest);
    parts
}
