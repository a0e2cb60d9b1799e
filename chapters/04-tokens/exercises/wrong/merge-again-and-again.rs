//! Compares with what it has written: a merged token is merged again.

pub fn merge(tokens: &[u32], pair: (u32, u32), merged: u32) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    for &token in tokens {
        if out.last() == Some(&pair.0) && token == pair.1 {
            out.pop();
            out.push(merged);
        } else {
            out.push(token);
        }
    }
    out
}
