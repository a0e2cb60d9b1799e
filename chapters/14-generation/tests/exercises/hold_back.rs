//! The judge of `hold_back`.

#[cfg_attr(feature = "exercises", path = "../../exercises/hold_back.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/hold_back.rs")]
mod answer;
#[path = "../../exercises/wrong/hold_back-as-long-as-the-stop.rs"]
mod as_long_as_the_stop;
#[path = "../../exercises/wrong/hold_back-characters.rs"]
mod characters;
#[path = "../../exercises/wrong/hold_back-one-byte.rs"]
mod one_byte;
#[path = "../../exercises/wrong/hold_back-shortest-end.rs"]
mod shortest_end;
#[path = "../../exercises/wrong/hold_back-whole-stop-only.rs"]
mod whole_stop_only;

fn judge(shown: fn(&str, &str) -> usize) {
    for (text, stop, expected, why) in [
        ("The end. Once", "\n\n", 13, "nothing of the stop string is there"),
        ("The end.\n", "\n\n", 8, "the newline may become the stop string"),
        ("The end.\n\nOnce", "\n\n", 8, "the stop string is there"),
        ("The end.\n\n", "\n\n", 8, "the stop string is there"),
        ("a\nb", "\n\n", 3, "the newline is not at the end"),
        ("aab", "aabb", 0, "all of it may become the stop string"),
        ("猫aa", "aab", 3, "two letters may become the stop string, and the cat has three bytes"),
        ("so. Th", "The", 4, "two letters may become the stop string"),
        ("aaab", "aabb", 1, "the longest end counts, wherever it begins"),
        ("", "x", 0, "there is nothing"),
    ] {
        let own = shown(text, stop);
        assert!(
            own == expected,
            "{text:?} with the stop string {stop:?}: {expected} bytes ({why}), not {own}"
        );
    }
}

#[test]
fn hold_back() {
    judge(answer::shown);
}

#[test]
#[should_panic(expected = "8 bytes (the newline may become the stop string), not 9")]
fn whole_stop_only() {
    judge(whole_stop_only::shown);
}

#[test]
#[should_panic(expected = "0 bytes (all of it may become the stop string), not 3")]
fn one_byte() {
    judge(one_byte::shown);
}

#[test]
#[should_panic(expected = "13 bytes (nothing of the stop string is there), not 12")]
fn as_long_as_the_stop() {
    judge(as_long_as_the_stop::shown);
}

#[test]
#[should_panic(expected = "(two letters may become the stop string, and the cat has three bytes), not 4")]
fn shortest_end() {
    judge(shortest_end::shown);
}

#[test]
#[should_panic(expected = "(two letters may become the stop string, and the cat has three bytes), not 1")]
fn characters() {
    judge(characters::shown);
}
