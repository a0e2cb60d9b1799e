//! The judges of the exercises. `cargo x exercises scaling` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "approach_two"))]
mod approach_two;
#[cfg(not(broken = "bill"))]
mod bill;
#[cfg(not(broken = "fits"))]
mod fits;
#[cfg(not(broken = "open_model"))]
mod open_model;
#[cfg(not(broken = "optimum"))]
mod optimum;
#[cfg(not(broken = "ring"))]
mod ring;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "stochastic"))]
mod stochastic;
#[cfg(not(broken = "what_fits"))]
mod what_fits;
