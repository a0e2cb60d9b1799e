//! Looks at the first number alone.

pub fn leaks(model: impl Fn(&[usize]) -> Vec<f64>, text: &[usize], vocabulary: usize) -> bool {
    let before = model(text)[0];
    (1..text.len()).any(|changed| {
        (0..vocabulary).any(|token| {
            let mut other = text.to_vec();
            other[changed] = token;
            model(&other)[0].to_bits() != before.to_bits()
        })
    })
}
