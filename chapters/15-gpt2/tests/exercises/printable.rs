//! The judge of `printable`.

#[cfg_attr(feature = "exercises", path = "../../exercises/printable.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/printable.rs")]
mod answer;
#[path = "../../exercises/wrong/printable-as-it-is.rs"]
mod as_it_is;
#[path = "../../exercises/wrong/printable-characters.rs"]
mod characters;
#[path = "../../exercises/wrong/printable-counts-itself.rs"]
mod counts_itself;
#[path = "../../exercises/wrong/printable-plus-256.rs"]
mod plus_256;
#[path = "../../exercises/wrong/printable-soft-hyphen.rs"]
mod soft_hyphen;

fn judge(spelled: fn(&str) -> String) {
    for (text, expected, why) in [
        ("Az09~!", "Az09~!", "bytes 33 to 126 are themselves"),
        (" the", "Ġthe", "a space is the 33rd of the others"),
        ("a\nb", "aĊb", "a newline is the 11th of the others"),
        ("é\u{0}", "Ã©Ā", "bytes, not characters: é has two; byte 0 is the first of the others"),
        ("\u{7f}", "ġ", "byte 127 is the 34th of the others"),
        ("猫", "çĮ«", "bytes, not characters: 猫 has three"),
        ("\u{a0}", "Âł", "byte 160 is the last but one of the others"),
        ("í", "ÃŃ", "byte 173 is the last of the others"),
    ] {
        let own = spelled(text);
        assert!(own == expected, "{text:?} is spelled {expected:?} ({why}), not {own:?}");
    }
}

#[test]
fn printable() {
    judge(answer::spelled);
}

#[test]
#[should_panic(expected = "(byte 173 is the last of the others), not")]
fn soft_hyphen() {
    judge(soft_hyphen::spelled);
}

#[test]
#[should_panic(expected = "(byte 127 is the 34th of the others), not")]
fn plus_256() {
    judge(plus_256::spelled);
}

#[test]
#[should_panic(expected = "(bytes, not characters: é has two")]
fn characters() {
    judge(characters::spelled);
}

#[test]
#[should_panic(expected = "\" the\" is spelled \"Ġthe\"")]
fn as_it_is() {
    judge(as_it_is::spelled);
}

#[test]
#[should_panic(expected = "(a space is the 33rd of the others), not \"ġthe\"")]
fn counts_itself() {
    judge(counts_itself::spelled);
}
