//! What is measured once and drawn from what was measured.

pub mod capacity;
