//! The judges of the exercises. `cargo x exercises tokens` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "bytes_per_character"))]
mod bytes_per_character;
#[cfg(not(broken = "recover"))]
mod recover;
#[cfg(not(broken = "streaming"))]
mod streaming;
#[cfg(not(broken = "tightest_pair"))]
mod tightest_pair;
