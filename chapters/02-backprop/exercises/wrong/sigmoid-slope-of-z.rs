//! z (1 − z) instead of p (1 − p).

use backprop::engine::Value;

pub fn sigmoid(z: Value<'_>) -> Value<'_> {
    let p = 1.0 / (1.0 + (-z.data).exp());
    z.map("σ", p, z.data * (1.0 - z.data))
}
