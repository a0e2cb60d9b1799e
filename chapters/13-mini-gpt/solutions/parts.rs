//! A weighted sum, then one factor.

/// The gradient to step against.
pub fn gradient(gradients: &[Vec<f64>], rows: &[usize], clip: f64) -> Vec<f64> {
    let all: usize = rows.iter().sum();
    let mut sum = vec![0.0; gradients[0].len()];
    for (gradient, &rows) in gradients.iter().zip(rows) {
        let share = rows as f64 / all as f64;
        sum.iter_mut().zip(gradient).for_each(|(sum, g)| *sum += share * g);
    }
    let length = sum.iter().map(|g| g * g).sum::<f64>().sqrt();
    let factor = if length > clip { clip / length } else { 1.0 };
    sum.iter().map(|g| g * factor).collect()
}
