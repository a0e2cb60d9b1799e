//! The judges of the exercises. `cargo x exercises interpretability` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "coverage"))]
mod coverage;
#[cfg(not(broken = "probe"))]
mod probe;
// Its answer is judged with the reader's own `probe`.
#[cfg(not(any(broken = "steer", broken = "probe")))]
mod steer;
