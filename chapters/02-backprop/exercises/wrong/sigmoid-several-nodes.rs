//! Right numbers from the operations that there are, but not one node.

use backprop::engine::Value;

pub fn sigmoid(z: Value<'_>) -> Value<'_> {
    let one = z.map("1", 1.0, 0.0);
    one / (one + (-z).exp())
}
