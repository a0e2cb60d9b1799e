//! The judges of the exercises. `cargo x exercises data-quality` runs them on `exercises/`; `cargo test`
//! runs them on `solutions/`, which they must accept, and on `exercises/wrong/`, which they must
//! refuse. `broken` names an exercise that does not compile: the others are judged without it.

#[cfg(not(broken = "accuse"))]
mod accuse;
#[cfg(not(broken = "bands"))]
mod bands;
#[cfg(not(broken = "bloom"))]
mod bloom;
// Its answer is judged with the reader's own `shingles`.
#[cfg(not(any(broken = "decontaminate", broken = "shingles")))]
mod decontaminate;
// With the reader's own `shingles` and `bands`.
#[cfg(not(any(broken = "deduplicate", broken = "shingles", broken = "bands")))]
mod deduplicate;
#[cfg(not(broken = "kept"))]
mod kept;
#[cfg(not(broken = "price"))]
mod price;
#[path = "../../../../tests/judges/same.rs"]
mod same;
#[cfg(not(broken = "shingles"))]
mod shingles;
