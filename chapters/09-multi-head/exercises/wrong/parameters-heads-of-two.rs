//! Heads of two numbers.

pub fn parameters(model: usize, _heads: usize, groups: usize) -> usize {
    let shared = 2 * groups;
    2 * (model * model + model) + 2 * (model * shared + shared)
}
