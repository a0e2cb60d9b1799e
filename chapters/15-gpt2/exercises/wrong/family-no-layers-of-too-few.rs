//! Takes a file that is too small for one without layers.

pub fn layers(vocabulary: usize, context: usize, model: usize, parameters: usize) -> Option<usize> {
    let blocks = parameters.saturating_sub((vocabulary + context + 2) * model);
    let block = 12 * model * model + 13 * model;
    blocks.is_multiple_of(block).then_some(blocks / block)
}
