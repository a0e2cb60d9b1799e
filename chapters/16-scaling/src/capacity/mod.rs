//! How many bits fit into a parameter.
//!
//! A text whose probability is known is as long as its **bits**: −log₂ p. A model that knows nothing
//! of it needs all of them to write it down; a model that has learned it by heart needs fewer, and
//! what it saves was in its weights. That is measured on two kinds of text whose bits are known
//! exactly:
//!
//! * [strings] of random tokens, in which there is nothing but themselves to learn
//!   (Morris et al. 2025);
//! * [beginnings] of stories about the people of a world, whose facts are in no text but in all of
//!   them (Allen-Zhu & Li 2025).
//!
//! [learn] trains on them, and says what a text costs a model. [slopes] says, before anything is
//! trained, how the loss in facts falls with the number of stories read.

pub mod beginnings;
pub mod learn;
pub mod slopes;
pub mod strings;

// ANCHOR: saved
/// The bits that a model has learned of texts by heart: for each text its `bits`, less what it costs
/// the model. A text that costs more than its bits has not been learned, and counts 0.
///
/// Of two texts of 8 bits each, one costs the model 3 bits and one 9:
///
/// ```
/// assert_eq!(scaling::capacity::saved(8.0, &[3.0, 9.0]), 5.0);
/// ```
pub fn saved(bits: f64, costs: &[f64]) -> f64 {
    costs.iter().map(|cost| (bits - cost).max(0.0)).sum()
}
// ANCHOR_END: saved
