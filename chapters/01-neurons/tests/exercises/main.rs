//! The judges of the exercises. `cargo x exercises neurons` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "hinge"))]
mod hinge;
#[cfg(not(broken = "leaky_relu"))]
mod leaky_relu;
#[cfg(not(broken = "nor"))]
mod nor;
#[cfg(not(broken = "xor_features"))]
mod xor_features;
