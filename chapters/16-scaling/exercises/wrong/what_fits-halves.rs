//! The last person is learned in part.

pub fn loss(people: usize, s: f64, bits: f64, documents: f64, threshold: f64, capacity: f64) -> f64 {
    let weights: Vec<f64> = (1..=people).map(|rank| (rank as f64).powf(-s)).collect();
    let all: f64 = weights.iter().sum();
    let often = weights.iter().filter(|&weight| documents * weight / all >= threshold).count();
    let room = capacity / bits;
    let learned = often.min(room as usize);
    let part = if learned < often { room.fract() * weights[learned] } else { 0.0 };
    bits * (weights[learned..].iter().sum::<f64>() - part) / all
}
