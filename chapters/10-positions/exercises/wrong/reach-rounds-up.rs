//! Rounds up: where nothing is to be rounded, the distance at which the weight is equal.

pub fn reach(slope: f64, share: f64) -> usize {
    (share.ln() / slope).ceil() as usize
}
