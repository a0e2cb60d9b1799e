//! x is not read: of one row hardly to be noticed.

pub fn seconds(rows: usize, inputs: usize, outputs: usize, gflops: f64, gbs: f64) -> f64 {
    let operations = 2 * rows * inputs * outputs;
    let bytes = 4 * (inputs * outputs + rows * outputs);
    (operations as f64 / (gflops * 1e9)).max(bytes as f64 / (gbs * 1e9))
}
