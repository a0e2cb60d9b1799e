//! The product of two matrices in slices, by the `gemm` crate.
//!
//! gemm works on raw pointers and believes what it is told. This file is the book's only place with
//! `unsafe`: whatever sizes and strides safe code hands to [`Matrix`] and [`multiply`], every entry
//! that they name lies in its slice and no two entries of the result share a place, or there is a
//! panic before the pointers are handed on.

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
    /// When the last row ends beyond the slice, or when several rows begin at the same place.
    pub fn strided(numbers: &'a [f32], rows: usize, columns: usize, row_stride: usize) -> Self {
        assert!(
            fits(numbers.len(), rows, columns, row_stride),
            "a matrix larger than its slice: {rows} rows of {columns}, {row_stride} apart, in {} numbers",
            numbers.len()
        );
        // A stride that leads from no row to another may be any number: it is forgotten.
        let row_stride = if rows > 1 && columns > 0 { row_stride } else { 0 };
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
pub enum Write {
    /// Write over them.
    Over,
    /// Add to them.
    Add,
}

// ANCHOR: multiply
/// `out` = or += `scale` · A B, where `out`'s rows begin every `stride` places.
///
/// ```
/// use kernels::matmul::{Matrix, Write, multiply};
/// let (a, b) = ([1.0, 2.0, 3.0, 4.0], [1.0, 0.0, 0.0, 10.0]);
/// let mut out = [0.0; 4];
/// multiply(Write::Over, &mut out, 2, 1.0, Matrix::new(&a, 2, 2), Matrix::new(&b, 2, 2).transposed());
/// assert_eq!(out, [1.0, 20.0, 3.0, 40.0]);
/// ```
///
/// # Panics
/// When A's columns are not as many as B's rows, when the result does not fit into `out`, or when
/// its rows would overlap.
#[allow(unsafe_code)] // as the file's first lines say
pub fn multiply(write: Write, out: &mut [f32], stride: usize, scale: f32, a: Matrix<'_>, b: Matrix<'_>) {
    let (rows, columns) = (a.rows, b.columns);
    assert_eq!(a.columns, b.rows, "columns of A and rows of B");
    assert!(fits(out.len(), rows, columns, stride), "a result larger than its place");
    assert!(columns <= stride || rows <= 1, "rows of the result that overlap");
    if rows == 0 || columns == 0 {
        return;
    }
    #[cfg(test)]
    tests::count(rows * columns * a.columns);
    let stride = if rows > 1 { stride } else { columns };
    // SAFETY:
    // 1. In bounds: `out` has room for all entries, by `fits`. A `Matrix` comes from `strided`, which
    //    asks the same, or from `transposed`, which names the same entries; its fields are private.
    // 2. The argument does not wrap: `fits` multiplies and adds with checks. It bounds each size and
    //    stride that leads to an entry by a slice's length, and no slice of `f32` is as long as
    //    `isize::MAX`: gemm's offsets fit, and so do the casts. Other strides are 0 or `columns`.
    // 3. Nothing is shared that is written: the result's entries are distinct, as a row ends before
    //    the next begins, and `out` is borrowed mutably, so that A and B lie elsewhere.
    // 4. All are alive and hold numbers: the slices are borrowed until gemm returns.
    // 5. Anybody may call: nothing is assumed of the arguments beyond their types.
    unsafe {
        gemm::gemm(
            rows,
            columns,
            a.columns,
            out.as_mut_ptr(),
            1,
            stride as isize,
            write == Write::Add,
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

/// Whether `rows` rows of `columns` entries, of which one begins every `stride` places, end within
/// `len` places. A stride of 0 would let any number of rows in, and is refused.
fn fits(len: usize, rows: usize, columns: usize, stride: usize) -> bool {
    let end = || (rows - 1).checked_mul(stride)?.checked_add(columns);
    rows == 0 || columns == 0 || (stride > 0 || rows == 1) && end().is_some_and(|end| end <= len)
}
// ANCHOR_END: multiply

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;
    use tensors::seeds;

    thread_local! {
        static MULTIPLIED: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn count(multiplications: usize) {
        MULTIPLIED.set(MULTIPLIED.get() + multiplications);
    }

    /// The multiplications of all products on this thread so far: for the test of the formula that
    /// says how many a model needs.
    pub(crate) fn multiplied() -> usize {
        MULTIPLIED.get()
    }

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
            let (write, keep) = if accumulate { (Write::Add, 1.0) } else { (Write::Over, 0.0) };
            let mut out = before.clone();
            let left = Matrix::new(&a, m, k);
            let right = if transposed {
                Matrix::strided(&b, n, k, k + gap).transposed()
            } else {
                Matrix::strided(&b, k, n, n + gap)
            };
            multiply(write, &mut out, n + gap, 0.5, left, right);
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

    /// Sizes and strides near everything that arithmetic could get wrong.
    const NUMBERS: [usize; 11] = [
        0,
        1,
        2,
        3,
        5,
        1 << 32,
        (isize::MAX as usize) / 2 + 2,
        isize::MAX as usize,
        isize::MAX as usize + 1,
        usize::MAX - 1,
        usize::MAX,
    ];

    fn triples() -> impl Iterator<Item = (usize, usize, usize)> {
        NUMBERS.into_iter().flat_map(|a| {
            NUMBERS.into_iter().flat_map(move |b| NUMBERS.into_iter().map(move |c| (a, b, c)))
        })
    }

    /// Whether all entries lie among the first `len` numbers, in arithmetic that cannot wrap.
    fn lies_in(len: usize, rows: usize, columns: usize, stride: usize) -> bool {
        let wide = |number: usize| u128::try_from(number).expect("it has more bits");
        let end = || wide(rows - 1) * wide(stride) + wide(columns);
        rows == 0 || columns == 0 || (rows == 1 || stride != 0) && end() <= wide(len)
    }

    /// What a panic said.
    fn refusal(of: impl FnOnce() + std::panic::UnwindSafe) -> Option<String> {
        let panic = std::panic::catch_unwind(of).err()?;
        Some(
            panic
                .downcast_ref::<String>()
                .cloned()
                .unwrap_or_else(|| panic.downcast_ref::<&str>().copied().unwrap_or_default().to_owned()),
        )
    }

    #[test]
    fn no_size_and_no_stride_makes_a_matrix_that_leaves_its_slice() {
        let numbers = [1.0; 5];
        for (rows, columns, stride) in triples() {
            let refused = refusal(|| _ = Matrix::strided(&numbers, rows, columns, stride));
            match (lies_in(5, rows, columns, stride), refused) {
                (true, None) => {}
                (false, Some(message)) => assert!(message.contains("larger than its slice"), "{message}"),
                (fits, refused) => panic!("{rows} × {columns}, stride {stride}: {fits}, {refused:?}"),
            }
            let refused = refusal(|| _ = Matrix::new(&numbers, rows, columns));
            assert_eq!(refused.is_none(), lies_in(5, rows, columns, columns), "{rows} × {columns}");
        }
    }

    /// Whatever a caller can say in safe code: the product is right or refused, and a sanitizer sees
    /// no step beside a slice.
    #[test]
    fn no_size_and_no_stride_makes_a_product_that_leaves_its_slices() {
        let numbers = [1.0, 2.0, 3.0, 4.0, 5.0];
        let matrices: Vec<Matrix<'_>> = triples()
            .filter(|&(rows, columns, stride)| lies_in(5, rows, columns, stride))
            .map(|(rows, columns, stride)| Matrix::strided(&numbers, rows, columns, stride))
            .flat_map(|matrix| [matrix, matrix.transposed()])
            .collect();
        let entry = |of: Matrix<'_>, i: usize, j: usize| numbers[i * of.row_stride + j * of.column_stride];
        let mut products = 0;
        for (&a, &b) in matrices.iter().flat_map(|a| matrices.iter().map(move |b| (a, b))) {
            if a.columns != b.rows {
                continue;
            }
            for stride in NUMBERS {
                let mut out = [7.0; 6];
                let (m, n) = (a.rows, b.columns);
                if !lies_in(6, m, n, stride) || m > 1 && n > stride {
                    // One refusal of many: each costs a panic.
                    continue;
                }
                multiply(Write::Add, &mut out, stride, 1.0, a, b);
                let mut expected = [7.0; 6];
                if n > 0 {
                    for i in 0..m {
                        for j in 0..n {
                            let sum: f32 = (0..a.columns).map(|x| entry(a, i, x) * entry(b, x, j)).sum();
                            expected[i * stride + j] += sum;
                        }
                    }
                }
                assert_eq!(out, expected, "{a:?} times {b:?}, stride {stride}");
                products += 1;
            }
        }
        assert!(products > 10_000, "only {products} products");
    }

    #[test]
    fn no_size_and_no_stride_makes_a_result_that_leaves_its_place() {
        let numbers = [1.0; 5];
        for (rows, columns, stride) in triples().filter(|&(rows, columns, _)| rows <= 5 && columns <= 5) {
            let (a, b) = (Matrix::new(&numbers, rows, 1), Matrix::new(&numbers, 1, columns));
            let refused = refusal(|| multiply(Write::Over, &mut [0.0; 4], stride, 1.0, a, b));
            let fits = lies_in(4, rows, columns, stride);
            let distinct = rows <= 1 || columns <= stride;
            assert_eq!(refused.is_none(), fits && distinct, "{rows} × {columns}, {stride}: {refused:?}");
        }
        // No entry, and therefore no place: as many rows as there are numbers.
        let (a, b) = (Matrix::new(&[], usize::MAX, 0), Matrix::new(&[], 0, 0));
        multiply(Write::Over, &mut [], usize::MAX, 1.0, a, b);
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
        multiply(Write::Over, &mut [0.0; 4], 1, 1.0, Matrix::new(&a, 2, 2), Matrix::new(&a, 2, 2));
    }

    #[test]
    #[should_panic(expected = "larger than its place")]
    fn the_result_must_fit() {
        let a = [0.0; 4];
        multiply(Write::Over, &mut [0.0; 3], 2, 1.0, Matrix::new(&a, 2, 2), Matrix::new(&a, 2, 2));
    }
}
