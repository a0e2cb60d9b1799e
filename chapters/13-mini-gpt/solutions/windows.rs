//! Two slices of equal length.

/// Inputs and targets.
pub fn window(tokens: &[usize], start: usize, context: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    let inputs = tokens.get(start..start + context)?;
    let targets = tokens.get(start + 1..start + context + 1)?;
    Some((inputs.to_vec(), targets.to_vec()))
}
