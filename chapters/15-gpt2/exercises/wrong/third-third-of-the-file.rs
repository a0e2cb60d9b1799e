//! The middle third of the file instead of the middle third of each row.

pub fn key(c_attn: &[f32], model: usize) -> Vec<f32> {
    let third = &c_attn[model * model..2 * model * model];
    (0..model).flat_map(|o| (0..model).map(move |i| third[i * model + o])).collect()
}
