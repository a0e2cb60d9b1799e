//! 0 · ln(n / 0).

pub fn tf_idf(documents: &[Vec<usize>], word: usize) -> Vec<f64> {
    let counts = documents.iter().map(|document| document.iter().filter(|&&id| id == word).count() as f64);
    let having = counts.clone().filter(|&count| count > 0.0).count();
    let rarity = (documents.len() as f64 / having as f64).ln();
    counts.map(|count| count * rarity).collect()
}
