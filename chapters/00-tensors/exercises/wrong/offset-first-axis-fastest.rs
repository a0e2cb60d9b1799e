//! The first axis runs fastest.

pub fn offset(shape: [usize; 3], index: [usize; 3]) -> usize {
    index[0] + index[1] * shape[0] + index[2] * shape[0] * shape[1]
}
