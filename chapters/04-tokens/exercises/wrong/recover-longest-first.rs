//! Takes the longest beginning that is a token.

pub fn recover(tokens: &[Vec<u8>]) -> Vec<(usize, usize)> {
    let find = |bytes: &[u8]| tokens.iter().position(|other| other == bytes);
    let cut = |token: &Vec<u8>| {
        let mut cuts = (1..token.len()).rev().map(|at| token.split_at(at));
        cuts.find_map(|(left, right)| Some((find(left)?, find(right)?)))
    };
    tokens.iter().filter_map(cut).collect()
}
