//! Factors instead of summands: 1 for yes, 0 for no.

pub fn sliding_mask(seq: usize, window: usize) -> Vec<Vec<f64>> {
    let entry = |i: usize, j: usize| if j <= i && i - j < window { 1.0 } else { 0.0 };
    (0..seq).map(|i| (0..seq).map(|j| entry(i, j)).collect()).collect()
}
