//! The last distance with the weight, not the first without.

pub fn reach(slope: f64, share: f64) -> usize {
    (share.ln() / slope).floor() as usize
}
