//! An output layer of its own.

pub fn parameters(vocabulary: usize, context: usize, model: usize, layers: usize) -> usize {
    let attention = 4 * (model * model + model);
    let feed_forward = 8 * model * model + 5 * model;
    let norm = 2 * model;
    (2 * vocabulary + context) * model + layers * (attention + feed_forward + 2 * norm) + norm
}
