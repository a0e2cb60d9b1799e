//! Gives the answer away.

pub fn features(x: [f64; 2]) -> [f64; 2] {
    [if x[0] == x[1] { 0.0 } else { 1.0 }, 0.0]
}
