//! The order i, f, o, g of another library.

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

pub fn step([i, f, o, g]: [f64; 4], memory: f64) -> (f64, f64) {
    let memory = sigmoid(f) * memory + sigmoid(i) * g.tanh();
    (sigmoid(o) * memory.tanh(), memory)
}
