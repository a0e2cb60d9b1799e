//! What the programs of this book have in common: how they [meet people](program), how a text is
//! [written](writing) from a command line, and what can [go wrong](Error).

mod error;
pub mod program;
pub mod writing;

pub use error::Error;
