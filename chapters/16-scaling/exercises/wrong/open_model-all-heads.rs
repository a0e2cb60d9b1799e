//! Gives keys and values as many heads as queries.

/// All parameters, and those that one token uses.
pub fn parameters(
    vocabulary: usize,
    model: usize,
    [heads, key_heads, head_dim]: [usize; 3],
    hidden: usize,
    layers: usize,
    tied: bool,
    [experts, active]: [usize; 2],
) -> [usize; 2] {
    let _ = key_heads;
    let tables = if tied { 1 } else { 2 } * vocabulary * model;
    let attention = 4 * model * heads * head_dim;
    let [network, router] = [3 * model * hidden, model * experts];
    let norms = 2 * model;
    [experts, active]
        .map(|experts| tables + layers * (attention + router + experts * network + norms) + model)
}
