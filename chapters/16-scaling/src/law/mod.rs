//! A law whose constant is known: what a budget of operations buys, when the best possible loss can be
//! computed.

pub mod bootstrap;
pub mod budget;
pub mod count;
pub mod exam;
pub mod fit;
pub mod lab;
pub mod names;
pub mod sizes;
pub mod stories;
pub mod surface;
pub mod telling;
