//! The noise is pulled as the neighbour is.

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

pub fn gradients(v: [f64; 2], u: [f64; 2], n: [f64; 2]) -> [[f64; 2]; 3] {
    let pull = sigmoid(u[0] * v[0] + u[1] * v[1]) - 1.0;
    let push = sigmoid(n[0] * v[0] + n[1] * v[1]) - 1.0;
    [[pull * u[0] + push * n[0], pull * u[1] + push * n[1]], v.map(|x| pull * x), v.map(|x| push * x)]
}
