//! No runs at all.

use std::collections::BTreeSet;

pub fn shingles(_text: &str, _n: usize) -> BTreeSet<String> {
    BTreeSet::new()
}
