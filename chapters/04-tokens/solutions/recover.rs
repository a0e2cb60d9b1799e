//! Each token is encoded with those before it.

/// For each token of more than one byte the two tokens that it was merged from, in order.
pub fn recover(tokens: &[Vec<u8>]) -> Vec<(usize, usize)> {
    let learned = (0..tokens.len()).filter(|&last| tokens[last].len() > 1);
    learned.map(|last| parts(&tokens[..last], &tokens[last])).collect()
}

/// The two tokens of `known` that make up `token`.
fn parts(known: &[Vec<u8>], token: &[u8]) -> (usize, usize) {
    let find = |bytes: &[u8]| known.iter().position(|other| other == bytes);
    let mut parts: Vec<usize> =
        token.iter().map(|&byte| find(&[byte]).expect("every byte comes first")).collect();
    let together = |parts: &[usize], place: usize| {
        find(&[&known[parts[place]][..], &known[parts[place + 1]]].concat())
    };
    while parts.len() > 2 {
        let possible = (0..parts.len() - 1).filter_map(|place| Some((together(&parts, place)?, place)));
        let (joined, place) = possible.min().expect("a token is made of two");
        parts[place] = joined;
        parts.remove(place + 1);
    }
    (parts[0], parts[1])
}
