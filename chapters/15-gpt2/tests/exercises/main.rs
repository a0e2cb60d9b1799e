//! The judges of the exercises. `cargo x exercises gpt2` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "family"))]
mod family;
#[cfg(not(broken = "printable"))]
mod printable;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "third"))]
mod third;
#[cfg(not(broken = "transpose"))]
mod transpose;
