//! Weights are powers of e, not of 2.

pub fn reach(slope: f64, share: f64) -> usize {
    (share.log2() / slope).floor() as usize + 1
}
