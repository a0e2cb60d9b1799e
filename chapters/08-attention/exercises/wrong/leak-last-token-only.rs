//! Changes the last token, to every value, and no other.

pub fn leaks(model: impl Fn(&[usize]) -> Vec<f64>, text: &[usize], vocabulary: usize) -> bool {
    let (before, last) = (model(text), text.len() - 1);
    (0..vocabulary).any(|token| {
        let mut other = text.to_vec();
        other[last] = token;
        model(&other)[..last] != before[..last]
    })
}
