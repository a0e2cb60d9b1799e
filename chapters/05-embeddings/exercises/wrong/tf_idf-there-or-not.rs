//! Does not count how often.

pub fn tf_idf(documents: &[Vec<usize>], word: usize) -> Vec<f64> {
    let counts = documents.iter().map(|document| f64::from(u8::from(document.contains(&word))));
    let having = counts.clone().filter(|&count| count > 0.0).count();
    let rarity = if having == 0 { 0.0 } else { (documents.len() as f64 / having as f64).ln() };
    counts.map(|count| count * rarity).collect()
}
