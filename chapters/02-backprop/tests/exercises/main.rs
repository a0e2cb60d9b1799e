//! The judges of the exercises. `cargo x exercises backprop` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "central_difference"))]
mod central_difference;
#[cfg(not(broken = "forward_mode"))]
mod forward_mode;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "sigmoid"))]
mod sigmoid;
#[cfg(not(broken = "topological_order"))]
mod topological_order;
