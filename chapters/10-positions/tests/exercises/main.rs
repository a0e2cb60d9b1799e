//! The judges of the exercises. `cargo x exercises positions` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "encoding"))]
mod encoding;
#[cfg(not(broken = "reach"))]
mod reach;
#[cfg(not(broken = "rotate"))]
mod rotate;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "shift"))]
mod shift;
