//! Divides by the occurrences, not by the documents that have the word.

pub fn tf_idf(documents: &[Vec<usize>], word: usize) -> Vec<f64> {
    let counts = documents.iter().map(|document| document.iter().filter(|&&id| id == word).count() as f64);
    let all: f64 = counts.clone().sum();
    let rarity = if all == 0.0 { 0.0 } else { (documents.len() as f64 / all).ln() };
    counts.map(|count| count * rarity).collect()
}
