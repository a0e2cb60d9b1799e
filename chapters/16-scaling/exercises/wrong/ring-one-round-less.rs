//! Ends a round too early.

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
    for round in 1..size.saturating_sub(1) {
        let received = pass_on(&numbers[piece((rank + 1 + size - round) % size, size, length)]);
        let into = piece((rank + size - round) % size, size, length);
        for (sum, number) in numbers[into].iter_mut().zip(received) {
            *sum += number;
        }
    }
    piece((rank + 1) % size, size, length)
}
