//! The judges of the exercises. `cargo x exercises attention` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "attend"))]
mod attend;
#[cfg(not(broken = "leak"))]
mod leak;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "sliding_mask"))]
mod sliding_mask;
#[cfg(not(broken = "weights"))]
mod weights;
