//! Finds nothing.

pub fn recover(_: &[Vec<u8>]) -> Vec<(usize, usize)> {
    Vec::new()
}
