//! Minimal pairs: two stories that differ in one choice.
