//! Cuts every number off by itself, which turns the direction.

pub fn gradient(gradients: &[Vec<f64>], rows: &[usize], clip: f64) -> Vec<f64> {
    let all: usize = rows.iter().sum();
    let mut sum = vec![0.0; gradients[0].len()];
    for (gradient, &rows) in gradients.iter().zip(rows) {
        let share = rows as f64 / all as f64;
        sum.iter_mut().zip(gradient).for_each(|(sum, g)| *sum += share * g);
    }
    sum.iter().map(|g| g.clamp(-clip, clip)).collect()
}
