//! Four square projections: the groups are not used.

pub fn parameters(model: usize, _heads: usize, _groups: usize) -> usize {
    4 * (model * model + model)
}
