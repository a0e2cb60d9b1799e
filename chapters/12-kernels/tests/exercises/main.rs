//! The judges of the exercises. `cargo x exercises kernels` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "gate"))]
mod gate;
#[cfg(not(broken = "rms_norm"))]
mod rms_norm;
#[cfg(not(broken = "roofline"))]
mod roofline;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "slow_sum"))]
mod slow_sum;
