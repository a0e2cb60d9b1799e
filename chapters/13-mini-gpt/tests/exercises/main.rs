//! The judges of the exercises. `cargo x exercises mini-gpt` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "bits"))]
mod bits;
#[cfg(not(broken = "count"))]
mod count;
#[cfg(not(broken = "parts"))]
mod parts;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "windows"))]
mod windows;
