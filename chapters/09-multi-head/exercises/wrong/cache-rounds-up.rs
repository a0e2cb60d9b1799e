//! The last token does not fit as a whole.

pub fn tokens_that_fit(bytes: u64, layers: u64, groups: u64, head_dim: u64) -> u64 {
    bytes.div_ceil(layers * groups * head_dim * 2 * 2)
}
