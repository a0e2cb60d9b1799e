//! 1 − p², the slope of tanh.

use backprop::engine::Value;

pub fn sigmoid(z: Value<'_>) -> Value<'_> {
    let p = 1.0 / (1.0 + (-z.data).exp());
    z.map("σ", p, 1.0 - p * p)
}
