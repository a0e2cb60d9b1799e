//! The first third: the queries.

pub fn key(c_attn: &[f32], model: usize) -> Vec<f32> {
    (0..model).flat_map(|o| (0..model).map(move |i| c_attn[i * 3 * model + o])).collect()
}
