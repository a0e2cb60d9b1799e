//! # Exercise: attribution
//!
//! The models of today have another last norm: an RMSNorm divides each vector x by √(mean of x² + ε), and
//! multiplies number by number with a gain. It subtracts no mean and adds no bias.
//!
//! Behind the last block of such a model the stream is `stream`. Head h of the last block found the
//! numbers `found[h]`, and `output` is the block's W^O: a row for each number of the stream, in which the
//! columns of head 0 come first, then those of head 1, and so on. A token's score is the product of
//! `direction` with the normed stream.
//!
//! Return what each head adds to the score, and as one more number at the end what all the rest adds.
//! Together they are the score.
//!
//! # Hints
//! - What vector did head h add to the stream? The rows of W^O say so, each in its columns.
//! - Which number of the norm depends on all of the stream, and must be the same for every part?
//! - The rest can be computed without looking at it.
#![allow(unused_variables)]

/// ε of the norm.
pub const EPSILON: f64 = 1e-5;

/// What each head adds to the score, and then the rest.
pub fn attribution(
    stream: &[f64],
    found: &[Vec<f64>],
    output: &[Vec<f64>],
    gain: &[f64],
    direction: &[f64],
) -> Vec<f64> {
    todo!("a number for each head, and one for the rest")
}
