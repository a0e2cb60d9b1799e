//! # Generation
//!
//! A language model gives probabilities; a text is made by choosing. How to [choose](sampling), how
//! [not to compute everything again](cache) for each token, how to [look ahead](beam), how a text
//! [reaches a person](stream) and where it stops; the [writer] puts them together. And what comes of
//! it: [quality] counts how many stories hold together, and how different they are.

pub mod beam;
pub mod cache;
pub mod explain;
mod head_past;
pub mod many;
pub mod quality;
pub mod sampling;
pub mod side_by_side;
pub mod stream;
pub mod writer;

pub use cache::Cached;
pub use many::{Written, write_many};
pub use sampling::Sampling;
pub use stream::Stream;
pub use writer::{Writer, generate};
