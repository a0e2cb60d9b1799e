//! The heads' numbers in turn.

pub fn place(
    sequence: usize,
    position: usize,
    head: usize,
    i: usize,
    (seq, heads, head_dim): (usize, usize, usize),
) -> usize {
    ((sequence * seq + position) * head_dim + i) * heads + head
}
