//! # The Transformer block
//!
//! A block is two steps on the **residual stream**, each of the form x + f(norm(x)): attention moves information between positions,
//! the feed-forward network works on each position alone. A GPT is a stack of such blocks.

mod block;
mod feed_forward;
mod layer_norm;

pub use block::Block;
pub use feed_forward::FeedForward;
pub use layer_norm::LayerNorm;
