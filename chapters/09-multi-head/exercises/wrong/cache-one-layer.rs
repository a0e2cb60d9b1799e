//! One layer.

pub fn tokens_that_fit(bytes: u64, _layers: u64, groups: u64, head_dim: u64) -> u64 {
    bytes / (groups * head_dim * 2 * 2)
}
