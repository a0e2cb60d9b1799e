//! Takes the two tokens of a pair in any order.

pub fn merge(tokens: &[u32], pair: (u32, u32), merged: u32) -> Vec<u32> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        if tokens[i..].starts_with(&[pair.0, pair.1]) || tokens[i..].starts_with(&[pair.1, pair.0]) {
            out.push(merged);
            i += 2;
        } else {
            out.push(tokens[i]);
            i += 1;
        }
    }
    out
}
