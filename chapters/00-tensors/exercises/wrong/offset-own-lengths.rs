//! Takes the length of an axis for its stride.

pub fn offset(shape: [usize; 3], index: [usize; 3]) -> usize {
    index[0] * shape[0] * shape[1] + index[1] * shape[1] + index[2]
}
