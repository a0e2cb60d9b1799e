//! The slope of the sigmoid is p (1 − p): the value at hand is enough.

use backprop::engine::Value;

/// σ of a number on a tape.
pub fn sigmoid(z: Value<'_>) -> Value<'_> {
    let p = 1.0 / (1.0 + (-z.data).exp());
    z.map("σ", p, p * (1.0 - p))
}
