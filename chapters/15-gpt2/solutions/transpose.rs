//! Two loops, outputs outside.

/// The matrix as (outputs, inputs), row after row.
pub fn transposed(stored: &[f32], inputs: usize, outputs: usize) -> Vec<f32> {
    (0..outputs).flat_map(|o| (0..inputs).map(move |i| stored[i * outputs + o])).collect()
}
