//! The norm after the last block is forgotten.

pub fn parameters(vocabulary: usize, context: usize, model: usize, layers: usize) -> usize {
    let attention = 4 * (model * model + model);
    let feed_forward = 8 * model * model + 5 * model;
    (vocabulary + context) * model + layers * (attention + feed_forward + 4 * model)
}
