//! # Scaling
//!
//! What a model costs, and what it learns for that.
//!
//! | what | where |
//! |---|---|
//! | what a step costs in bytes and operations, here and in models that others have published | [cost], [published] |
//! | less memory for more arithmetic | [recompute] |
//! | numbers of fewer bits, and a model made of them | [rounding], [rounded] |
//! | how the loss falls with parameters and text | [law] |
//! | how much a parameter keeps | [capacity] |
//! | a step shared among machines | [cluster] |
//! | how large a batch is worth it | [noise], [batch] |

pub mod batch;
pub mod capacity;
pub mod cluster;
pub mod cost;
pub mod law;
pub mod noise;
pub mod published;
pub mod recompute;
pub mod rounded;
pub mod rounding;
