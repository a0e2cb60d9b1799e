//! One operation for a weight and row.

pub fn seconds(rows: usize, inputs: usize, outputs: usize, gflops: f64, gbs: f64) -> f64 {
    let operations = rows * inputs * outputs;
    let bytes = 4 * (rows * inputs + inputs * outputs + rows * outputs);
    (operations as f64 / (gflops * 1e9)).max(bytes as f64 / (gbs * 1e9))
}
