//! Walks from the end.

pub fn merge(tokens: &[u32], pair: (u32, u32), merged: u32) -> Vec<u32> {
    let (mut out, mut left) = (Vec::new(), tokens);
    while let [rest @ .., last] = left {
        if left.ends_with(&[pair.0, pair.1]) {
            out.push(merged);
            left = &left[..left.len() - 2];
        } else {
            out.push(*last);
            left = rest;
        }
    }
    out.reverse();
    out
}
