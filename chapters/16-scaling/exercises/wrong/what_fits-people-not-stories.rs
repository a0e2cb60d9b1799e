//! The share of the people, not of the stories.

pub fn loss(people: usize, s: f64, bits: f64, documents: f64, threshold: f64, capacity: f64) -> f64 {
    let weights: Vec<f64> = (1..=people).map(|rank| (rank as f64).powf(-s)).collect();
    let all: f64 = weights.iter().sum();
    let often = weights.iter().filter(|&weight| documents * weight / all >= threshold).count();
    let learned = often.min((capacity / bits) as usize);
    bits * (people - learned) as f64 / people as f64
}
