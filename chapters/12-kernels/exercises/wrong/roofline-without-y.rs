//! y is not written.

pub fn seconds(rows: usize, inputs: usize, outputs: usize, gflops: f64, gbs: f64) -> f64 {
    let operations = 2 * rows * inputs * outputs;
    let bytes = 4 * (rows * inputs + inputs * outputs);
    (operations as f64 / (gflops * 1e9)).max(bytes as f64 / (gbs * 1e9))
}
