//! Moves on by one after a replacement, so that a token is used twice.

pub fn merge(tokens: &[u32], pair: (u32, u32), merged: u32) -> Vec<u32> {
    let (mut out, mut used) = (Vec::new(), false);
    for i in 0..tokens.len() {
        if tokens[i..].starts_with(&[pair.0, pair.1]) {
            out.push(merged);
            used = true;
        } else {
            if !used {
                out.push(tokens[i]);
            }
            used = false;
        }
    }
    out
}
