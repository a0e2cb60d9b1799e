//! # Exercise: bloom
//!
//! A Bloom filter has `bits` bits, and each element that is put in sets `k` of them, wherever its hashes
//! say. `elements` different ones are in. Return the `k` (at least 1) for which an element that was never
//! put in is taken for known least often.
//!
//! # Hints
//! - What is the chance that one bit is still 0? Each of all the hashes so far has missed it.
//! - When is a new element taken for known?
//! - You need no calculus: all values of k can be tried, up to the bits that there are for an element.
#![allow(unused_variables)]

/// The best number of bits for an element to set.
pub fn best_places(bits: u64, elements: u64) -> u32 {
    todo!("the chance of a false alarm for each k, and the least of them")
}
