//! Index times strides, summed.

/// The place of `index` in the flat list of a tensor of `shape`.
pub fn offset(shape: [usize; 3], index: [usize; 3]) -> usize {
    let strides = [shape[1] * shape[2], shape[2], 1];
    index.iter().zip(strides).map(|(index, stride)| index * stride).sum()
}
