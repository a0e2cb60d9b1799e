//! As if each head lay by itself: (batch, heads, seq, size).

pub fn place(
    sequence: usize,
    position: usize,
    head: usize,
    i: usize,
    (seq, heads, head_dim): (usize, usize, usize),
) -> usize {
    ((sequence * heads + head) * seq + position) * head_dim + i
}
