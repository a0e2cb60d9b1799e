//! The targets begin where the inputs end.

pub fn window(tokens: &[usize], start: usize, context: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    let inputs = tokens.get(start..start + context)?;
    let targets = tokens.get(start + context..start + 2 * context)?;
    Some((inputs.to_vec(), targets.to_vec()))
}
