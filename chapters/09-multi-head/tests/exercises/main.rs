//! The judges of the exercises. `cargo x exercises multi-head` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "cache"))]
mod cache;
#[cfg(not(broken = "parameters"))]
mod parameters;
#[cfg(not(broken = "place"))]
mod place;
#[cfg(not(broken = "two_from_one"))]
mod two_from_one;
