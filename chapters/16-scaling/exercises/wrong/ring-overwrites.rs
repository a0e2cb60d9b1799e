//! Takes what comes, and adds nothing.

use std::ops::Range;

pub fn piece(number: usize, size: usize, length: usize) -> Range<usize> {
    number * length / size..(number + 1) * length / size
}

pub fn reduce_scatter(
    rank: usize,
    size: usize,
    numbers: &mut [f32],
    pass_on: &mut dyn FnMut(&[f32]) -> Vec<f32>,
) -> Range<usize> {
    let length = numbers.len();
    for round in 1..size {
        let received = pass_on(&numbers[piece((rank + 1 + size - round) % size, size, length)]);
        numbers[piece((rank + size - round) % size, size, length)].copy_from_slice(&received);
    }
    piece((rank + 1) % size, size, length)
}
