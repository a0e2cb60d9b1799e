//! A step along the first axis skips one row, not all rows of a plane.

pub fn offset(shape: [usize; 3], index: [usize; 3]) -> usize {
    (index[0] + index[1]) * shape[2] + index[2]
}
