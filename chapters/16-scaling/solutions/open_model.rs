//! Tables, blocks, one norm; all experts, or those that a token is sent to.

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
    let tables = if tied { 1 } else { 2 } * vocabulary * model;
    let attention = 2 * model * (heads + key_heads) * head_dim;
    let [network, router] = [3 * model * hidden, model * experts];
    let norms = 2 * model;
    [experts, active]
        .map(|experts| tables + layers * (attention + router + experts * network + norms) + model)
}
