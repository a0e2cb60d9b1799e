//! # Exercise: one step of word2vec
//!
//! The loss of a centre `v`, its true neighbour `u` and one word of noise `n` is −ln σ(u·v) − ln
//! σ(−n·v). Return its gradient by `v`, by `u` and by `n`, in this order.
//!
//! # Hints
//! - The derivative of −ln σ(x) is σ(x) − 1, that of −ln σ(−x) is σ(x).
//! - Then the chain rule: u·v has the slope u by v, and v by u. v hears both words.
#![allow(unused_variables)]

/// The gradients of the loss by `v`, `u` and `n`.
pub fn gradients(v: [f64; 2], u: [f64; 2], n: [f64; 2]) -> [[f64; 2]; 3] {
    todo!("two slopes, three vectors")
}
