//! Takes all stories for as long as the mean one.

/// Operations of training on the stories.
pub fn operations(
    vocabulary: usize,
    model: usize,
    hidden: usize,
    layers: usize,
    stories: &[usize],
) -> usize {
    let weights = layers * (4 * model * model + 2 * model * hidden) + vocabulary * model;
    let tokens: usize = stories.iter().sum();
    let keys = tokens * (tokens / stories.len() + 1) / 2;
    3 * (2 * weights * tokens + 4 * layers * model * keys)
}
