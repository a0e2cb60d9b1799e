//! The first whole number beyond ln(share) / slope.

/// The smallest such distance.
pub fn reach(slope: f64, share: f64) -> usize {
    (share.ln() / slope).floor() as usize + 1
}
