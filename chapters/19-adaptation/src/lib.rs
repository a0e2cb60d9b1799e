//! # Adaptation
//!
//! A trained model is made to do something else.
//!
//! | question | module |
//! |---|---|
//! | How is it told what to write, and has it done so? | [`instruct`], and any [`examples`] |
//! | How does it learn from answers only? | [`masked`] |
//! | How does it learn with few numbers? | [`lora`], of some [`targets`], kept by [`adapter`] |
//! | How much is there to be learned? | [`dialect`] |
//! | What is the least that a better policy costs? | [`frontier`] |
//! | What is rewarded, and how likely was it written? | [`reward`], [`answer`]; what is preferred, [`preferences`] |
//! | How does it learn from rewards and preferences? | [`rejection`], [`dpo`], [`policy`] with [`advantage`] and [`objective`]; kept by [`align`] |
//! | What is lost on the way? | [`diversity`], [`passes`] |

pub mod adapter;
pub mod advantage;
pub mod align;
pub mod answer;
pub mod dialect;
pub mod diversity;
pub mod dpo;
mod error;
pub mod examples;
pub mod frontier;
pub mod instruct;
pub mod lora;
pub mod masked;
pub mod objective;
pub mod passes;
pub mod policy;
pub mod preferences;
pub mod rejection;
pub mod reward;
pub mod targets;
pub mod tune;
mod walk;

pub use error::Error;
