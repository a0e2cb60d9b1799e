//! The judges of the exercises. `cargo x exercises transformer` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "beam"))]
mod beam;
#[cfg(not(broken = "layer_norm"))]
mod layer_norm;
#[cfg(not(broken = "residual"))]
mod residual;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "smoothing"))]
mod smoothing;
