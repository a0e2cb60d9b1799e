//! Does not ask whether anything is left.

pub fn layers(vocabulary: usize, context: usize, model: usize, parameters: usize) -> Option<usize> {
    let blocks = parameters.checked_sub((vocabulary + context + 2) * model)?;
    Some(blocks / (12 * model * model + 13 * model))
}
