//! Compares the number of the changed token too, which may change.

pub fn leaks(model: impl Fn(&[usize]) -> Vec<f64>, text: &[usize], vocabulary: usize) -> bool {
    let before = model(text);
    (0..text.len()).any(|changed| {
        (0..vocabulary).any(|token| {
            let mut other = text.to_vec();
            other[changed] = token;
            model(&other)[..=changed] != before[..=changed]
        })
    })
}
