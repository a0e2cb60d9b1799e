//! The judges of the exercises. `cargo x exercises deep-networks` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "dropout"))]
mod dropout;
#[cfg(not(broken = "early_stopping"))]
mod early_stopping;
#[cfg(not(broken = "momentum"))]
mod momentum;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "xavier"))]
mod xavier;
