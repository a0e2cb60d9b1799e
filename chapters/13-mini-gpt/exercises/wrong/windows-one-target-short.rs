//! Cuts the targets off at the end of the text.

pub fn window(tokens: &[usize], start: usize, context: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    let inputs = tokens.get(start..start + context)?;
    let end = tokens.len().min(start + context + 1);
    Some((inputs.to_vec(), tokens[start + 1..end].to_vec()))
}
