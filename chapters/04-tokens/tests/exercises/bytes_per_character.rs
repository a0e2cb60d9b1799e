//! The judge of `bytes_per_character`.

#[cfg_attr(feature = "exercises", path = "../../exercises/bytes_per_character.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/bytes_per_character.rs")]
mod answer;
#[path = "../../exercises/wrong/bytes_per_character-bytes-by-bytes.rs"]
mod bytes_by_bytes;
#[path = "../../exercises/wrong/bytes_per_character-nothing-by-nothing.rs"]
mod nothing_by_nothing;
#[path = "../../exercises/wrong/bytes_per_character-upside-down.rs"]
mod upside_down;
#[path = "../../exercises/wrong/bytes_per_character-whole-numbers.rs"]
mod whole_numbers;

fn judge(bytes_per_character: fn(&str) -> f64) {
    let texts = [("abc", 1.0), ("猫", 3.0), ("a猫", 2.0), ("aé", 1.5), ("", 0.0), ("é🐱", 3.0)];
    for (text, expected) in texts {
        let own = bytes_per_character(text);
        let (bytes, characters) = (text.len(), text.chars().count());
        assert!(
            own == expected,
            "{text:?} has {bytes} bytes and {characters} characters: {expected} is expected, {own} came"
        );
    }
}

#[test]
fn bytes_per_character() {
    judge(answer::bytes_per_character);
}

#[test]
#[should_panic(expected = "has 0 bytes and 0 characters: 0 is expected, NaN came")]
fn nothing_by_nothing() {
    judge(nothing_by_nothing::bytes_per_character);
}

#[test]
#[should_panic(expected = "has 3 bytes and 1 characters: 3 is expected, 0.33")]
fn upside_down() {
    judge(upside_down::bytes_per_character);
}

#[test]
#[should_panic(expected = "has 3 bytes and 2 characters: 1.5 is expected, 1 came")]
fn whole_numbers() {
    judge(whole_numbers::bytes_per_character);
}

#[test]
#[should_panic(expected = "has 3 bytes and 1 characters: 3 is expected, 1 came")]
fn bytes_by_bytes() {
    judge(bytes_by_bytes::bytes_per_character);
}
