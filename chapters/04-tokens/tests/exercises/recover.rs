//! The judge of `recover`.

use tokens::{Bpe, Tokenizer};

#[cfg_attr(feature = "exercises", path = "../../exercises/recover.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/recover.rs")]
mod answer;
#[path = "../../exercises/wrong/recover-any-split.rs"]
mod any_split;
#[path = "../../exercises/wrong/recover-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/recover-from-the-right.rs"]
mod from_the_right;
#[path = "../../exercises/wrong/recover-leftmost-first.rs"]
mod leftmost_first;
#[path = "../../exercises/wrong/recover-longest-first.rs"]
mod longest_first;

type Recover = fn(&[Vec<u8>]) -> Vec<(usize, usize)>;

fn judge(recover: Recover) {
    for (tokens, expected, why) in [
        ("a b", vec![], "bytes are merged from nothing"),
        ("a b c ab bc abc", vec![(0, 1), (1, 2), (3, 2)], "ab was learned before bc, so abc is ab and c"),
        ("a b c bc ab abc", vec![(1, 2), (0, 1), (0, 3)], "bc was learned before ab, so abc is a and bc"),
        ("a aa aaa", vec![(0, 0), (1, 0)], "of aaa the first two are merged: aa and a"),
        ("a aa aaa aaaaa", vec![(0, 0), (1, 0), (1, 2)], "aaaaa is aa aa a, and then aa and aaa"),
    ] {
        let list: Vec<Vec<u8>> = tokens.split(' ').map(|token| token.as_bytes().to_vec()).collect();
        let own = recover(&list);
        assert!(own == expected, "{tokens}: {expected:?} is expected ({why}), {own:?} came");
    }
    // And a whole vocabulary.
    let text = "low low low lower lowest newer newest wide wider widest, aaaa aaab abab";
    let bpe = Bpe::train(text, 276).expect("the text has pairs enough");
    let tokens: Vec<Vec<u8>> = (0..bpe.vocabulary() as u32).map(|id| bpe.bytes_of(id).to_vec()).collect();
    let expected: Vec<(usize, usize)> =
        bpe.merges().iter().map(|&(a, b)| (a as usize, b as usize)).collect();
    let own = recover(&tokens);
    assert!(own == expected, "all merges of {text:?} are expected: {expected:?}, {own:?} came");
}

#[test]
fn recover() {
    judge(answer::recover);
}

#[test]
#[should_panic(expected = "ab was learned before bc, so abc is ab and c")]
fn any_split() {
    judge(any_split::recover);
}

#[test]
#[should_panic(expected = "bc was learned before ab, so abc is a and bc")]
fn longest_first() {
    judge(longest_first::recover);
}

#[test]
#[should_panic(expected = "bc was learned before ab, so abc is a and bc")]
fn leftmost_first() {
    judge(leftmost_first::recover);
}

#[test]
#[should_panic(expected = "of aaa the first two are merged: aa and a")]
fn from_the_right() {
    judge(from_the_right::recover);
}

#[test]
#[should_panic(expected = "[(0, 1), (1, 2), (3, 2)] is expected")]
fn empty() {
    judge(empty::recover);
}
