//! The judges of the exercises. `cargo x exercises interpretability` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "attribution"))]
mod attribution;
#[cfg(not(broken = "coverage"))]
mod coverage;
#[cfg(not(broken = "lens"))]
mod lens;
#[cfg(not(broken = "prefix_matching"))]
mod prefix_matching;
#[cfg(not(broken = "probe"))]
mod probe;
#[path = "../../../../tests/judges/same.rs"]
mod same;
// Its answer is judged with the reader's own `probe`.
#[cfg(not(any(broken = "steer", broken = "probe")))]
mod steer;
