//! Begins with the h before the first input.

pub fn unroll(inputs: &[f64], w: f64, u: f64, b: f64) -> Vec<f64> {
    let mut states = vec![0.0_f64];
    for x in inputs {
        let h = states[states.len() - 1];
        states.push((w * x + u * h + b).tanh());
    }
    states
}
