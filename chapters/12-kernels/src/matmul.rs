//! The product of two matrices in slices, by the `gemm` crate.
//!
//! gemm works on raw pointers. This file is the book's only place with `unsafe`: [`multiply`]
//! checks that every entry it names lies in its slice, and that no two entries of the result share
//! a place, before it hands the pointers on.

/// A matrix that lies in a slice: entry (i, j) is `numbers[i * row_stride + j * column_stride]`.
#[derive(Debug, Clone, Copy)]
pub struct Matrix<'a> {
    numbers: &'a [f32],
    rows: usize,
    columns: usize,
    row_stride: usize,
    column_stride: usize,
}

impl<'a> Matrix<'a> {
    /// `rows` rows of `columns` numbers, one row after the other.
    pub fn new(numbers: &'a [f32], rows: usize, columns: usize) -> Self {
        Self::strided(numbers, rows, columns, columns)
    }

    /// `rows` rows of `columns` numbers, of which one begins every `row_stride` places.
    ///
    /// # Panics
    /// When the last row ends beyond the slice.
    pub fn strided(numbers: &'a [f32], rows: usize, columns: usize, row_stride: usize) -> Self {
        assert!(end(rows, columns, row_stride) <= numbers.len(), "a matrix larger than its slice");
        Self { numbers, rows, columns, row_stride, column_stride: 1 }
    }

    /// The same numbers with rows and columns exchanged: nothing moves.
    #[must_use]
    pub fn transposed(self) -> Self {
        Self {
            numbers: self.numbers,
            rows: self.columns,
            columns: self.rows,
            row_stride: self.column_stride,
            column_stride: self.row_stride,
        }
    }
}

/// What to do with the numbers that are in the result's place already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Into {
    /// Forget them.
    Overwrite,
    /// Add to them.
    Accumulate,
}

// ANCHOR: multiply
/// `out` = or += `scale` · A B, where `out`'s rows begin every `stride` places.
///
/// ```
/// use kernels::matmul::{Into, Matrix, multiply};
/// let (a, b) = ([1.0, 2.0, 3.0, 4.0], [1.0, 0.0, 0.0, 10.0]);
/// let mut out = [0.0; 4];
/// multiply(Into::Overwrite, &mut out, 2, 1.0, Matrix::new(&a, 2, 2), Matrix::new(&b, 2, 2).transposed());
/// assert_eq!(out, [1.0, 20.0, 3.0, 40.0]);
/// ```
///
/// # Panics
/// When A's columns are not as many as B's rows, when the result does not fit into `out`, or when
/// its rows would overlap.
#[allow(unsafe_code)] // as the file's first lines say
pub fn multiply(into: Into, out: &mut [f32], stride: usize, scale: f32, a: Matrix<'_>, b: Matrix<'_>) {
    assert_eq!(a.columns, b.rows, "columns of A and rows of B");
    assert!(end(a.rows, b.columns, stride) <= out.len(), "a result larger than its place");
    assert!(b.columns <= stride || a.rows <= 1, "rows of the result that overlap");
    // SAFETY: a `Matrix` is only made by `strided`, which checks that its last entry, and so each,
    // lies in its slice; `transposed` names the same entries. The result's entries lie in `out` and
    // are distinct by the two checks above. `out` is borrowed mutably, so it does not overlap the
    // others.
    unsafe {
        gemm::gemm(
            a.rows,
            b.columns,
            a.columns,
            out.as_mut_ptr(),
            1,
            stride as isize,
            into == Into::Accumulate,
            a.numbers.as_ptr(),
            a.column_stride as isize,
            a.row_stride as isize,
            b.numbers.as_ptr(),
            b.column_stride as isize,
            b.row_stride as isize,
            1.0,
            scale,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}
// ANCHOR_END: multiply

/// Where the last of `rows` rows ends.
fn end(rows: usize, columns: usize, stride: usize) -> usize {
    if rows == 0 { 0 } else { (rows - 1) * stride + columns }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tensors::seeds;

    fn random(count: usize, seed: u64) -> Vec<f32> {
        seeds::normal(&mut seeds::generator(seed), count, 1.0)
    }

    proptest! {
        #[test]
        fn it_equals_the_sum_of_products(
            (m, n, k) in (0_usize..20, 1_usize..20, 0_usize..20),
            gap in 0_usize..4,
            transposed: bool,
            accumulate: bool,
            seed: u64,
        ) {
            let (a, b) = (random(m * k, seed), random((k + n) * 24, !seed));
            let before = random(m * (n + gap), seed ^ 5);
            let (into, keep) = if accumulate { (Into::Accumulate, 1.0) } else { (Into::Overwrite, 0.0) };
            let mut out = before.clone();
            let left = Matrix::new(&a, m, k);
            let right = if transposed {
                Matrix::strided(&b, n, k, k + gap).transposed()
            } else {
                Matrix::strided(&b, k, n, n + gap)
            };
            multiply(into, &mut out, n + gap, 0.5, left, right);
            for i in 0..m {
                for j in 0..n + gap {
                    let at = i * (n + gap) + j;
                    let entry = |x: usize| if transposed { b[j * (k + gap) + x] } else { b[x * (n + gap) + j] };
                    let expected = if j < n {
                        keep * before[at] + 0.5 * (0..k).map(|x| a[i * k + x] * entry(x)).sum::<f32>()
                    } else {
                        before[at]
                    };
                    // 20 products of numbers near 1, each rounded to 6·10⁻⁸.
                    prop_assert!((out[at] - expected).abs() < 1e-5, "({i}, {j}): {} {expected}", out[at]);
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "larger than its slice")]
    fn a_matrix_must_lie_in_its_slice() {
        let _ = Matrix::strided(&[0.0; 5], 2, 3, 3);
    }

    #[test]
    #[should_panic(expected = "overlap")]
    fn rows_of_the_result_must_not_overlap() {
        let a = [0.0; 4];
        multiply(Into::Overwrite, &mut [0.0; 4], 1, 1.0, Matrix::new(&a, 2, 2), Matrix::new(&a, 2, 2));
    }

    #[test]
    #[should_panic(expected = "larger than its place")]
    fn the_result_must_fit() {
        let a = [0.0; 4];
        multiply(Into::Overwrite, &mut [0.0; 3], 2, 1.0, Matrix::new(&a, 2, 2), Matrix::new(&a, 2, 2));
    }
}
