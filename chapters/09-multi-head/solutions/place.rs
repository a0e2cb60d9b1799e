//! From the outside in.

/// The index in memory.
pub fn place(
    sequence: usize,
    position: usize,
    head: usize,
    i: usize,
    (seq, heads, head_dim): (usize, usize, usize),
) -> usize {
    ((sequence * seq + position) * heads + head) * head_dim + i
}
