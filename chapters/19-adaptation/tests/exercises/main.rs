//! The judges of the exercises. `cargo x exercises adaptation` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "advantages"))]
mod advantages;
#[cfg(not(broken = "best_of"))]
mod best_of;
// With the reader's own `advantages` and `best_of`.
#[cfg(not(any(broken = "climb", broken = "advantages", broken = "best_of")))]
mod climb;
#[path = "../../../../tests/judges/same.rs"]
mod same;
