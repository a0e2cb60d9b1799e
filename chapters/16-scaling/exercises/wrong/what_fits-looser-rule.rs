//! Takes the looser of the two rules.

pub fn loss(people: usize, s: f64, bits: f64, documents: f64, threshold: f64, capacity: f64) -> f64 {
    let weights: Vec<f64> = (1..=people).map(|rank| (rank as f64).powf(-s)).collect();
    let all: f64 = weights.iter().sum();
    let often = weights.iter().filter(|&weight| documents * weight / all >= threshold).count();
    let learned = often.max((capacity / bits) as usize).min(people);
    bits * weights[learned..].iter().sum::<f64>() / all
}
