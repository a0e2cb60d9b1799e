//! Matrices only.

pub fn parameters(vocabulary: usize, context: usize, model: usize, layers: usize) -> usize {
    (vocabulary + context) * model + layers * (12 * model * model + 4 * model) + 2 * model
}
