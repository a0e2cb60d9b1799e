//! Cuts the text off instead of changing it: a model may use how long its text is.

pub fn leaks(model: impl Fn(&[usize]) -> Vec<f64>, text: &[usize], vocabulary: usize) -> bool {
    let before = model(text);
    let changed = |i: usize| {
        (0..vocabulary).any(|token| {
            let mut other = text.to_vec();
            other[i] = token;
            model(&other)[..i] != before[..i]
        })
    };
    (0..text.len()).any(changed) || (1..text.len()).any(|i| model(&text[..i])[..] != before[..i])
}
