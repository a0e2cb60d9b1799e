//! The nearest neighbour of c: a and b are not used.

use embeddings::space::cosine;

pub fn analogy(rows: &[Vec<f64>], a: usize, b: usize, c: usize) -> usize {
    (0..rows.len())
        .filter(|id| ![a, b, c].contains(id))
        .max_by(|&x, &y| cosine(&rows[c], &rows[x]).total_cmp(&cosine(&rows[c], &rows[y])).then(y.cmp(&x)))
        .expect("at least four words")
}
