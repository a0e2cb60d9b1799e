//! The judges of the exercises. `cargo x exercises recurrence` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "forget_bias"))]
mod forget_bias;
#[cfg(not(broken = "lstm_step"))]
mod lstm_step;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "through_time"))]
mod through_time;
#[cfg(not(broken = "unroll"))]
mod unroll;
