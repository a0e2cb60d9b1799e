//! The middle third, transposed.

/// The key's matrix as (outputs, inputs), row after row.
pub fn key(c_attn: &[f32], model: usize) -> Vec<f32> {
    (0..model).flat_map(|o| (0..model).map(move |i| c_attn[i * 3 * model + model + o])).collect()
}
