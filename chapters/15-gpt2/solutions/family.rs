//! What is left, divided by a block.

/// The number of layers.
pub fn layers(vocabulary: usize, context: usize, model: usize, parameters: usize) -> Option<usize> {
    let outside = (vocabulary + context) * model + 2 * model;
    let blocks = parameters.checked_sub(outside)?;
    let block = 12 * model * model + 13 * model;
    blocks.is_multiple_of(block).then_some(blocks / block)
}
