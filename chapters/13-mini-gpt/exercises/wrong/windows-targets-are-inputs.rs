//! Predicts what it sees.

pub fn window(tokens: &[usize], start: usize, context: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    let inputs = tokens.get(start..start + context)?;
    tokens.get(start + context)?;
    Some((inputs.to_vec(), inputs.to_vec()))
}
