//! Keeps keys and no values.

pub fn tokens_that_fit(bytes: u64, layers: u64, groups: u64, head_dim: u64) -> u64 {
    bytes / (layers * groups * head_dim * 2)
}
