//! Ignores the width: always the likeliest step.

pub fn beam(next: impl Fn(&[usize]) -> Vec<f64>, _width: usize, longest: usize) -> (Vec<usize>, f64) {
    let (mut text, mut probability) = (Vec::new(), 1.0);
    while text.len() < longest && text.last() != Some(&0) {
        let (token, p) = next(&text)
            .into_iter()
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .unwrap_or((0, 0.0));
        text.push(token);
        probability *= p;
    }
    (text, probability)
}
