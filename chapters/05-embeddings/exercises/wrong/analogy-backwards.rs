//! a − b + c.

use embeddings::space::cosine;

pub fn analogy(rows: &[Vec<f64>], a: usize, b: usize, c: usize) -> usize {
    let target: Vec<f64> = (0..rows[0].len()).map(|i| rows[a][i] - rows[b][i] + rows[c][i]).collect();
    (0..rows.len())
        .filter(|id| ![a, b, c].contains(id))
        .max_by(|&x, &y| cosine(&target, &rows[x]).total_cmp(&cosine(&target, &rows[y])))
        .expect("at least four words")
}
