//! A law whose constant is known.

pub mod measure;
pub mod record;
