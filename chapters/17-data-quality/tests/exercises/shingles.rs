//! The judge of `shingles`.

#[cfg_attr(feature = "exercises", path = "../../exercises/shingles.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/shingles.rs")]
pub(super) mod answer;
#[path = "../../exercises/wrong/shingles-digits-are-signs.rs"]
mod digits_are_signs;
#[path = "../../exercises/wrong/shingles-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/shingles-forgets-the-short.rs"]
mod forgets_the_short;
#[path = "../../exercises/wrong/shingles-letters-only.rs"]
mod letters_only;
#[path = "../../exercises/wrong/shingles-one-blank.rs"]
mod one_blank;
#[path = "../../exercises/wrong/shingles-side-by-side.rs"]
mod side_by_side;
#[path = "../../exercises/wrong/shingles-signs-count.rs"]
mod signs_count;

use std::collections::BTreeSet;

fn judge(shingles: fn(&str, usize) -> BTreeSet<String>) {
    for (text, n, expected, why) in [
        ("it rains and rains", 2, vec!["and rains", "it rains", "rains and"], "runs overlap"),
        ("no, no, no!", 1, vec!["no"], "a set has each once, and signs do not count"),
        (
            "\"So be it,\" she said. So be it.",
            3,
            vec!["be it she", "it she said", "said so be", "she said so", "so be it"],
            "signs and capitals do not count",
        ),
        ("Stay here", 5, vec!["stay here"], "a short text is one run"),
        (
            "Don't – well-known Élan",
            1,
            vec!["don't", "well-known", "élan"],
            "what is inside a word stays, a dash alone is no word",
        ),
        ("one two three", 3, vec!["one two three"], "as many words as the run has"),
        (" … ", 2, vec![], "there is no word"),
        (
            "it rained\nand\tit  rained",
            2,
            vec!["and it", "it rained", "rained and"],
            "a tab, a line end and two blanks part words, too",
        ),
        ("In 1066, 3 came.", 2, vec!["1066 3", "3 came", "in 1066"], "digits are no punctuation"),
    ] {
        let own = shingles(text, n);
        let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
        assert!(own == expected, "runs of {n} of {text:?}: {expected:?} is expected ({why}), {own:?} came");
    }
}

#[test]
fn shingles() {
    judge(answer::shingles);
}

#[test]
#[should_panic(expected = "(runs overlap), {} came")]
fn empty() {
    judge(empty::shingles);
}

#[test]
#[should_panic(expected = "(runs overlap), {\"and rains\", \"it rains\"} came")]
fn side_by_side() {
    judge(side_by_side::shingles);
}

#[test]
#[should_panic(expected = "(a set has each once, and signs do not count), {\"no!\", \"no,\"} came")]
fn signs_count() {
    judge(signs_count::shingles);
}

#[test]
#[should_panic(expected = "(a short text is one run), {} came")]
fn forgets_the_short() {
    judge(forgets_the_short::shingles);
}

#[test]
#[should_panic(
    expected = "(what is inside a word stays, a dash alone is no word), {\"don\", \"known\", \"t\", \"well\", \"élan\"} came"
)]
fn letters_only() {
    judge(letters_only::shingles);
}

#[test]
#[should_panic(expected = "(a tab, a line end and two blanks part words, too)")]
fn one_blank() {
    judge(one_blank::shingles);
}

#[test]
#[should_panic(expected = "(digits are no punctuation)")]
fn digits_are_signs() {
    judge(digits_are_signs::shingles);
}
