//! # Scaling
//!
//! What a model costs, and what it learns for that.
//!
//! | what | where |
//! |---|---|
//! | what a step costs in bytes and operations, here and in models that others have published | [cost], [published] |
//! | less memory for more arithmetic | [recompute] |
//! | numbers of fewer bits, a model made of them, and slopes that do not get lost | [rounding], [rounded], [loss_scaling] |
//! | how the loss falls with parameters and text | [law] |
//! | how much a parameter keeps | [capacity] |
//! | a step shared among machines | [cluster] |
//! | how large a batch is worth it | [noise], [batch] |

pub mod batch;
pub mod capacity;
pub mod cluster;
pub mod cost;
pub mod law;
pub mod loss_scaling;
pub mod noise;
pub mod published;
pub mod recompute;
pub mod rounded;
pub mod rounding;
