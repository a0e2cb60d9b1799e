//! Scales to the length `clip` whether it is longer or shorter.

pub fn gradient(gradients: &[Vec<f64>], rows: &[usize], clip: f64) -> Vec<f64> {
    let all: usize = rows.iter().sum();
    let mut sum = vec![0.0; gradients[0].len()];
    for (gradient, &rows) in gradients.iter().zip(rows) {
        let share = rows as f64 / all as f64;
        sum.iter_mut().zip(gradient).for_each(|(sum, g)| *sum += share * g);
    }
    let length = sum.iter().map(|g| g * g).sum::<f64>().sqrt();
    sum.iter().map(|g| g * clip / length).collect()
}
