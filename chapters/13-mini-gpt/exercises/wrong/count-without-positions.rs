//! The context is not used.

pub fn parameters(vocabulary: usize, _context: usize, model: usize, layers: usize) -> usize {
    let attention = 4 * (model * model + model);
    let feed_forward = 8 * model * model + 5 * model;
    let norm = 2 * model;
    vocabulary * model + layers * (attention + feed_forward + 2 * norm) + norm
}
