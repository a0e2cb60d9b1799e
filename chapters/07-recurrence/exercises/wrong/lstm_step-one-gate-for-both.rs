//! Writes as much as it forgets, like a GRU: i is not used.

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

pub fn step([_, f, g, o]: [f64; 4], memory: f64) -> (f64, f64) {
    let memory = sigmoid(f) * memory + (1.0 - sigmoid(f)) * g.tanh();
    (sigmoid(o) * memory.tanh(), memory)
}
