//! The cliff: what falls in the few hundred steps in which the loss falls a second time, and which heads
//! appear there.

mod draw;
mod learn;
mod record;
mod report;
#[cfg(test)]
mod tests;
mod watch;

pub use learn::measure;
pub use report::report;
pub use watch::{at_other, even_prefix};
