//! The judge of the exercises. `cargo x exercises tokens` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/bytes_per_character.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/bytes_per_character.rs")]
mod bytes_per_character;
#[cfg_attr(feature = "exercises", path = "../exercises/merge.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/merge.rs")]
mod merge;
#[cfg_attr(feature = "exercises", path = "../exercises/most_frequent_pair.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/most_frequent_pair.rs")]
mod most_frequent_pair;
#[cfg_attr(feature = "exercises", path = "../exercises/streaming.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/streaming.rs")]
mod streaming;

#[test]
fn bytes_per_character() {
    for (text, expected) in [("abc", 1.0), ("猫", 3.0), ("a猫", 2.0), ("", 0.0), ("é🐱", 3.0)] {
        assert_eq!(bytes_per_character::bytes_per_character(text), expected, "{text:?}");
    }
}

#[test]
fn merge() {
    for (tokens, expected) in [
        (vec![1, 2, 3, 1, 2], vec![9, 3, 9]),
        (vec![1, 1, 2, 2], vec![1, 9, 2]),
        (vec![2, 1], vec![2, 1]),
        (vec![], vec![]),
    ] {
        assert_eq!(merge::merge(&tokens, (1, 2), 9), expected, "{tokens:?}");
    }
    assert_eq!(merge::merge(&[1, 1, 1], (1, 1), 9), [9, 1]);
}

#[test]
fn most_frequent_pair() {
    for (tokens, expected) in [
        (vec![1, 2, 1, 2, 3], Some((1, 2))),
        (vec![5, 4, 3], Some((4, 3))),
        (vec![1, 1, 1, 2, 2], Some((1, 1))),
        (vec![7], None),
    ] {
        assert_eq!(most_frequent_pair::most_frequent_pair(&tokens), expected, "{tokens:?}");
    }
}

#[test]
fn streaming() {
    let text = "a猫と🐱!";
    for size in 1..=4 {
        let (mut pending, mut shown) = (Vec::new(), Vec::new());
        for token in text.as_bytes().chunks(size) {
            shown.push(streaming::show(&mut pending, token));
        }
        assert_eq!(shown.concat(), text, "tokens of {size} bytes: {shown:?}");
        assert!(pending.is_empty());
    }
    let mut pending = Vec::new();
    assert_eq!(streaming::show(&mut pending, &"猫".as_bytes()[..2]), "", "half a character");
}
