//! Among equally frequent pairs it takes the one that occurs first.

pub fn most_frequent_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    let count = |pair: &[u32]| tokens.windows(2).filter(|other| *other == pair).count();
    tokens.windows(2).rev().max_by_key(|pair| count(pair)).map(|pair| (pair[0], pair[1]))
}
