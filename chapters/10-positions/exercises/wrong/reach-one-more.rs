//! Rounds up, and adds one for safety.

pub fn reach(slope: f64, share: f64) -> usize {
    (share.ln() / slope).ceil() as usize + 1
}
