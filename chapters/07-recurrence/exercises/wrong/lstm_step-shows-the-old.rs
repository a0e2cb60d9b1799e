//! Shows the memory as it was before the step.

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

pub fn step([i, f, g, o]: [f64; 4], memory: f64) -> (f64, f64) {
    (sigmoid(o) * memory.tanh(), sigmoid(f) * memory + sigmoid(i) * g.tanh())
}
