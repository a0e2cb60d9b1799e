//! Matrices only.

pub fn parameters(model: usize, heads: usize, groups: usize) -> usize {
    let shared = groups * (model / heads);
    2 * model * model + 2 * model * shared
}
