//! The middle third as it lies.

pub fn key(c_attn: &[f32], model: usize) -> Vec<f32> {
    (0..model).flat_map(|i| (0..model).map(move |o| c_attn[i * 3 * model + model + o])).collect()
}
