//! The judges of the exercises. `cargo x exercises language-models` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "add_k"))]
mod add_k;
#[cfg(not(broken = "convert"))]
mod convert;
#[cfg(not(broken = "draw"))]
mod draw;
#[cfg(not(broken = "entropy"))]
mod entropy;
#[path = "../../../../tests/judges/same.rs"]
mod same;
