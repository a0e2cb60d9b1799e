//! The judges of the exercises. `cargo x exercises embeddings` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "analogy"))]
mod analogy;
#[cfg(not(broken = "glove"))]
mod glove;
#[cfg(not(broken = "negative_sampling"))]
mod negative_sampling;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "tf_idf"))]
mod tf_idf;
