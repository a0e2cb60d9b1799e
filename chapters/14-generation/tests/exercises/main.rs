//! The judges of the exercises. `cargo x exercises generation` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "cache_size"))]
mod cache_size;
#[cfg(not(broken = "hold_back"))]
mod hold_back;
#[cfg(not(broken = "nucleus"))]
mod nucleus;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "temperature"))]
mod temperature;
