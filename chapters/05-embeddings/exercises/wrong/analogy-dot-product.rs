//! A dot product: long vectors win.

pub fn analogy(rows: &[Vec<f64>], a: usize, b: usize, c: usize) -> usize {
    let product = |id: usize| -> f64 {
        (0..rows[0].len()).map(|i| (rows[b][i] - rows[a][i] + rows[c][i]) * rows[id][i]).sum()
    };
    (0..rows.len())
        .filter(|id| ![a, b, c].contains(id))
        .max_by(|&x, &y| product(x).total_cmp(&product(y)))
        .expect("at least four words")
}
