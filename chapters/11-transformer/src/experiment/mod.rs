//! The findings of the chapter, a file for each question.

mod ablations;
mod architecture;
mod depth;
mod families;
mod schedule;
mod training;
mod translation;

pub use ablations::ablations;
pub use architecture::architecture;
pub use depth::{deep_training, depths};
pub use families::families;
pub use schedule::schedule;
pub use training::Model;
pub use translation::translation;

const CHAPTER: &str = "transformer";
