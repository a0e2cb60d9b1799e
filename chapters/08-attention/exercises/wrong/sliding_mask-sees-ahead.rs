//! A window to both sides.

pub fn sliding_mask(seq: usize, window: usize) -> Vec<Vec<f64>> {
    let entry = |i: usize, j: usize| if i.abs_diff(j) < window { 0.0 } else { f64::NEG_INFINITY };
    (0..seq).map(|i| (0..seq).map(|j| entry(i, j)).collect()).collect()
}
