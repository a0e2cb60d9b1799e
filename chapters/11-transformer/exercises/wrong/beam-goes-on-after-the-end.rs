//! Continues texts that have ended.

pub fn beam(next: impl Fn(&[usize]) -> Vec<f64>, width: usize, longest: usize) -> (Vec<usize>, f64) {
    let mut texts: Vec<(Vec<usize>, f64)> = vec![(Vec::new(), 1.0)];
    for _ in 0..longest {
        let mut longer = Vec::new();
        for (text, probability) in &texts {
            let tokens = next(text).into_iter().enumerate();
            longer.extend(tokens.map(|(token, p)| ([&text[..], &[token]].concat(), probability * p)));
        }
        longer.sort_by(|a, b| b.1.total_cmp(&a.1));
        longer.truncate(width);
        texts = longer;
    }
    texts.swap_remove(0)
}
