//! Fits the first head.

pub fn reach(_slope: f64, share: f64) -> usize {
    (share.ln() / 0.5).floor() as usize + 1
}
