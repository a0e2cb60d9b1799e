//! The output is narrow too.

pub fn parameters(model: usize, heads: usize, groups: usize) -> usize {
    let shared = groups * (model / heads);
    model * model + model + 2 * (model * shared + shared) + shared * model + model
}
