//! Sums over a row, in sixteen lanes.
//!
//! The order of additions changes a sum's last bits, so the compiler does not reorder them: a plain
//! `sum()` adds one number at a time. Sixteen sums side by side, added at the end, are sixteen
//! additions at once, and always in the same order. Everything here is inlined, so that a loop
//! inside [`tensors::widest!`] uses the widest instructions for it.
#![allow(clippy::inline_always)]

const LANES: usize = 16;

// ANCHOR: sum_by
/// Σ f(xᵢ, yᵢ) over two rows of equal length.
#[inline(always)]
pub(crate) fn sum_by(x: &[f32], y: &[f32], f: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (xs, ys) = (x.chunks_exact(LANES), y.chunks_exact(LANES));
    let rest: f32 = xs.remainder().iter().zip(ys.remainder()).map(|(&x, &y)| f(x, y)).sum();
    for (x, y) in xs.zip(ys) {
        for lane in 0..LANES {
            lanes[lane] += f(x[lane], y[lane]);
        }
    }
    lanes.iter().sum::<f32>() + rest
}
// ANCHOR_END: sum_by

/// Σ xᵢ.
#[inline(always)]
pub fn sum(x: &[f32]) -> f32 {
    sum_by(x, x, |x, _| x)
}

/// Σ xᵢ yᵢ.
#[inline(always)]
pub fn dot(x: &[f32], y: &[f32]) -> f32 {
    sum_by(x, y, |x, y| x * y)
}

/// The largest number of a row; −∞ for an empty one.
#[inline(always)]
pub fn max(x: &[f32]) -> f32 {
    let larger = |a: f32, b: f32| if a > b { a } else { b };
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let chunks = x.chunks_exact(LANES);
    let rest = chunks.remainder().iter().fold(f32::NEG_INFINITY, |a, &b| larger(a, b));
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] = larger(lanes[lane], chunk[lane]);
        }
    }
    lanes.into_iter().fold(rest, larger)
}

/// `total` += `part`, number by number.
#[inline(always)]
pub(crate) fn add_to(total: &mut [f32], part: &[f32]) {
    for (total, part) in total.iter_mut().zip(part) {
        *total += part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_and_rest_are_all_counted() {
        for count in 0..40 {
            let x: Vec<f32> = (0..count).map(|i| (i * 7 % 13) as f32 - 9.0).collect();
            assert_eq!(sum(&x), x.iter().sum::<f32>());
            assert_eq!(dot(&x, &x), x.iter().map(|x| x * x).sum::<f32>());
            assert_eq!(max(&x), x.iter().copied().fold(f32::NEG_INFINITY, f32::max));
        }
    }
}
