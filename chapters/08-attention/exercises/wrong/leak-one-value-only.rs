//! Changes every token, but each to one other value.

pub fn leaks(model: impl Fn(&[usize]) -> Vec<f64>, text: &[usize], vocabulary: usize) -> bool {
    let before = model(text);
    (0..text.len()).any(|changed| {
        let mut other = text.to_vec();
        other[changed] = (other[changed] + vocabulary - 1) % vocabulary;
        model(&other)[..changed] != before[..changed]
    })
}
