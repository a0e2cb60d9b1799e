//! Few numbers for many: the directions in which vectors differ most.
//!
//! The eigenvectors come from the library `nalgebra`; what they are used for is this chapter's
//! subject.

use nalgebra::{DMatrix, SymmetricEigen};

/// The eigenvalues of a symmetric matrix with their eigenvectors, the largest absolute value first.
fn eigen(matrix: DMatrix<f64>) -> Vec<(f64, Vec<f64>)> {
    let found = SymmetricEigen::new(matrix);
    let columns = found.eigenvectors.column_iter().map(|column| column.iter().copied().collect());
    let mut pairs: Vec<(f64, Vec<f64>)> = found.eigenvalues.iter().copied().zip(columns).collect();
    pairs.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    for (_, vector) in &mut pairs {
        // An eigenvector's sign is arbitrary. Make the sum positive, so that figures do not flip.
        if vector.iter().sum::<f64>() < 0.0 {
            for x in vector {
                *x = -*x;
            }
        }
    }
    pairs
}

/// Principal component analysis: where each row lies along the `count` directions of the largest
/// variance.
///
/// # Panics
/// When `rows` is empty or its rows differ in length.
pub fn components<V: AsRef<[f64]>>(rows: &[V], count: usize) -> Vec<Vec<f64>> {
    let width = rows[0].as_ref().len();
    let data = DMatrix::from_row_iterator(
        rows.len(),
        width,
        rows.iter().flat_map(|row| row.as_ref().iter().copied()),
    );
    let mean = data.row_mean();
    let centred = DMatrix::from_fn(rows.len(), width, |i, j| data[(i, j)] - mean[j]);
    let directions = eigen(centred.transpose() * &centred / rows.len() as f64);
    let along = |i: usize| {
        let row = centred.row(i);
        directions[..count].iter().map(|(_, axis)| row.iter().zip(axis).map(|(x, a)| x * a).sum()).collect()
    };
    (0..rows.len()).map(along).collect()
}

// ANCHOR: truncate
/// A vector of `count` numbers for each row of a symmetric matrix M: U·Σ^½ of its truncated
/// singular value decomposition M ≈ U·Σ·Vᵀ, the best approximation of that rank (Levy,
/// Goldberg & Dagan 2015, the weighting with p = ½). For a symmetric matrix Σ = |Λ|.
///
/// # Panics
/// When `rows` is not square.
pub fn truncate(rows: &[Vec<f64>], count: usize) -> Vec<Vec<f64>> {
    let matrix = DMatrix::from_fn(rows.len(), rows.len(), |i, j| rows[i][j]);
    let found = eigen(matrix);
    let vector =
        |i: usize| found[..count].iter().map(|(value, axis)| axis[i] * value.abs().sqrt()).collect();
    (0..rows.len()).map(vector).collect()
}
// ANCHOR_END: truncate

#[cfg(test)]
mod tests {
    use super::*;
    use tensors::seeds;

    #[test]
    fn points_on_a_line_need_one_direction() {
        let rows: Vec<[f64; 3]> = (0..9).map(f64::from).map(|t| [1.0 + 2.0 * t, 5.0, -t]).collect();
        let found = components(&rows, 2);
        let step = 5_f64.sqrt(); // of (2, 0, −1)
        for (i, place) in found.iter().enumerate() {
            assert!((place[0].abs() - step * (i as f64 - 4.0).abs()).abs() < 1e-9, "{place:?}");
            assert!(place[1].abs() < 1e-9, "nothing is left for the second");
        }
    }

    #[test]
    fn all_numbers_give_the_matrix_back() {
        // A positive definite one: A·Aᵀ, so that U·Λ^½ times itself is the matrix.
        let a: Vec<Vec<f64>> = (0..6)
            .map(|i| seeds::normal(&mut seeds::generator(i), 6, 1.0).iter().map(|&x| x.into()).collect())
            .collect();
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let matrix: Vec<Vec<f64>> =
            a.iter().map(|row| a.iter().map(|other| dot(row, other)).collect()).collect();
        let vectors = truncate(&matrix, 6);
        for i in 0..6 {
            for j in 0..6 {
                assert!((dot(&vectors[i], &vectors[j]) - matrix[i][j]).abs() < 1e-9, "{i} {j}");
            }
        }
    }
}
