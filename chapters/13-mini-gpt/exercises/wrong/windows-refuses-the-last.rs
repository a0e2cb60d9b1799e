//! Wants a token after the last target.

pub fn window(tokens: &[usize], start: usize, context: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    tokens.get(start + context + 1)?;
    Some((tokens[start..start + context].to_vec(), tokens[start + 1..=start + context].to_vec()))
}
