//! Many machines, played by threads: each has its own copy of what it works on, and the channels
//! between them count the bytes that they carry.
//!
//! | what is shared out | where |
//! |---|---|
//! | nothing yet: how W machines add their numbers up | [ring], and what it sends: [heard] |
//! | the rows of a batch: data parallelism | [`gpt::together`], over the ring |
//! | the optimiser's moments | [sharded] |
//! | the matrices of a layer: tensor parallelism | [tensor_parallel] |

pub mod heard;
pub mod ring;
pub mod sharded;
pub mod tensor_parallel;

pub use heard::all_reduce_heard;
pub use ring::{Machine, on_machines};
pub use sharded::Sharded;
