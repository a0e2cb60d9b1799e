//! # Exercise: which pair holds together?
//!
//! A frequent token makes frequent pairs, whatever stands beside it. Another rule for what to merge
//! asks how often a pair occurs *for* what it is made of: the **score** of (a, b) is
//! count(a b) / (count(a) · count(b)), where count(a) is how often the token a occurs.
//!
//! Return the pair with the highest score; of equal ones, the one with the smaller ids (compare the
//! left ids first). Scores are compared exactly. In 1 2 1 2 3 1 the pair (1, 2) is the most frequent
//! and has a score of 2 / (3 · 2); (2, 3) occurs once, and its 1 / (2 · 1) is higher.
//!
//! # Hints
//! - You need two tables: how often each pair occurs, and how often each token does. A `BTreeMap`
//!   keeps its keys in order.
//! - Is n / d larger than m / e? Ask whether n · e is larger than m · d, in whole numbers.
//! - Walk over the pairs in order and keep the best so far: replace it only by a higher score.
#![allow(unused_variables)]

/// The pair with the highest score, or nothing if there are fewer than two tokens.
pub fn tightest_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    todo!("count pairs and tokens, then compare")
}
