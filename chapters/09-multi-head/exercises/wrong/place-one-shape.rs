//! The strides of one shape.

pub fn place(
    sequence: usize,
    position: usize,
    head: usize,
    i: usize,
    _sizes: (usize, usize, usize),
) -> usize {
    sequence * 30 + position * 6 + head * 2 + i
}
