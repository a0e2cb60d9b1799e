//! The rule of thumb: no attention.

/// Operations of training on the stories.
pub fn operations(
    vocabulary: usize,
    model: usize,
    hidden: usize,
    layers: usize,
    stories: &[usize],
) -> usize {
    let weights = layers * (4 * model * model + 2 * model * hidden) + vocabulary * model;
    6 * weights * stories.iter().sum::<usize>()
}
