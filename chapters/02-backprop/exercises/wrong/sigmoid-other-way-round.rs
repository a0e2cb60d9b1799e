//! e to z instead of −z: 1 − σ.

use backprop::engine::Value;

pub fn sigmoid(z: Value<'_>) -> Value<'_> {
    let p = 1.0 / (1.0 + z.data.exp());
    z.map("σ", p, p * (1.0 - p))
}
