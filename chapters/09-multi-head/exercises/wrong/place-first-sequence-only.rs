//! The sequence is not used.

pub fn place(
    _sequence: usize,
    position: usize,
    head: usize,
    i: usize,
    (_seq, heads, head_dim): (usize, usize, usize),
) -> usize {
    (position * heads + head) * head_dim + i
}
