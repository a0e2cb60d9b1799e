//! Goes on until every text of the beam has ended.

pub fn beam(next: impl Fn(&[usize]) -> Vec<f64>, width: usize, _longest: usize) -> (Vec<usize>, f64) {
    let mut texts: Vec<(Vec<usize>, f64)> = vec![(Vec::new(), 1.0)];
    while texts.iter().any(|(text, _)| text.last() != Some(&0)) {
        let (ended, open): (Vec<_>, Vec<_>) =
            texts.into_iter().partition(|(text, _)| text.last() == Some(&0));
        texts = ended;
        for (text, probability) in &open {
            let longer = next(text).into_iter().enumerate();
            texts.extend(longer.map(|(token, p)| ([&text[..], &[token]].concat(), probability * p)));
        }
        texts.sort_by(|a, b| b.1.total_cmp(&a.1));
        texts.truncate(width);
    }
    texts.swap_remove(0)
}
