//! Forgets that the room is limited.

pub fn loss(people: usize, s: f64, bits: f64, documents: f64, threshold: f64, capacity: f64) -> f64 {
    let weights: Vec<f64> = (1..=people).map(|rank| (rank as f64).powf(-s)).collect();
    let all: f64 = weights.iter().sum();
    let _ = capacity;
    let learned = weights.iter().filter(|&weight| documents * weight / all >= threshold).count();
    bits * weights[learned..].iter().sum::<f64>() / all
}
