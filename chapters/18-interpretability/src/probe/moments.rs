//! Where examples lie and how they scatter, and equations with what comes of it.

/// Where some examples lie and how they scatter.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// Their mean.
    pub(crate) mean: Vec<f64>,
    /// Σ (x − mean)(x − mean)ᵀ, row after row.
    pub(crate) scatter: Vec<f64>,
}

impl Moments {
    /// Of these examples.
    ///
    /// # Panics
    /// When there are none, or they differ in length.
    pub fn of(examples: &[&[f32]]) -> Self {
        let width = examples[0].len();
        assert!(examples.iter().all(|x| x.len() == width), "all examples are equally long");
        let mut mean = vec![0.0; width];
        for x in examples {
            mean.iter_mut().zip(*x).for_each(|(sum, &x)| *sum += f64::from(x));
        }
        for sum in &mut mean {
            *sum /= examples.len() as f64;
        }
        let mut scatter = vec![0.0; width * width];
        let mut apart = vec![0.0; width];
        for x in examples {
            for ((apart, &x), mean) in apart.iter_mut().zip(*x).zip(&mean) {
                *apart = f64::from(x) - mean;
            }
            for (row, &a) in scatter.chunks_exact_mut(width).zip(&apart) {
                row.iter_mut().zip(&apart).for_each(|(sum, b)| *sum += a * b);
            }
        }
        Self { mean, scatter }
    }
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The lower triangle L with L Lᵀ = `matrix`, which is symmetric and positive: each row from those above
/// it.
pub(crate) fn cholesky(mut matrix: Vec<f64>, width: usize) -> Vec<f64> {
    for i in 0..width {
        for j in 0..=i {
            let (above, row) = (&matrix[j * width..j * width + j], &matrix[i * width..i * width + j]);
            let rest = matrix[i * width + j] - dot(above, row);
            matrix[i * width + j] =
                if i == j { rest.max(0.0).sqrt() } else { rest / matrix[j * width + j] };
        }
    }
    matrix
}

/// The x with L Lᵀ x = `b`.
pub(crate) fn solve(root: &[f64], b: &[f64]) -> Vec<f64> {
    let (width, mut x) = (b.len(), b.to_vec());
    for i in 0..width {
        x[i] = (x[i] - dot(&root[i * width..i * width + i], &x[..i])) / root[i * width + i];
    }
    for i in (0..width).rev() {
        let below: f64 = (i + 1..width).map(|j| root[j * width + i] * x[j]).sum();
        x[i] = (x[i] - below) / root[i * width + i];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let moments = Moments::of(&[&[1.0, 0.0], &[3.0, 2.0]]);
        assert_eq!((moments.mean, moments.scatter), (vec![2.0, 1.0], vec![2.0, 2.0, 2.0, 2.0]));
        // [[4, 2], [2, 5]] = L Lᵀ with L = [[2, 0], [1, 2]], and its product with (1, −1) is (2, −3).
        let root = cholesky(vec![4.0, 2.0, 2.0, 5.0], 2);
        assert_eq!((root[0], root[2], root[3]), (2.0, 1.0, 2.0));
        assert_eq!(solve(&root, &[2.0, -3.0]), [1.0, -1.0]);
    }
}
