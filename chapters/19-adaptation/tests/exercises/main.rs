//! The judges of the exercises. `cargo x exercises adaptation` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

// Its answer is judged with the reader's own `weights` and `adapter`.
#[cfg(not(any(broken = "adapt", broken = "weights", broken = "adapter")))]
mod adapt;
#[cfg(not(broken = "adapter"))]
mod adapter;
#[cfg(not(broken = "advantages"))]
mod advantages;
#[cfg(not(broken = "best_of"))]
mod best_of;
// With the reader's own `advantages` and `best_of`.
#[cfg(not(any(broken = "climb", broken = "advantages", broken = "best_of")))]
mod climb;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "weights"))]
mod weights;
