//! The judge of `decontaminate`. The answer is judged with the reader's own `shingles`, wrong answers
//! with the book's.

#[cfg_attr(feature = "exercises", path = "../../exercises/decontaminate.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/decontaminate.rs")]
mod answer;
#[path = "../../exercises/wrong/decontaminate-counts-dashes.rs"]
mod counts_dashes;
#[path = "../../exercises/wrong/decontaminate-gives-what-goes.rs"]
mod gives_what_goes;
#[path = "../../exercises/wrong/decontaminate-joins-the-test.rs"]
mod joins_the_test;
#[path = "../../exercises/wrong/decontaminate-one-test.rs"]
mod one_test;
#[path = "../../exercises/wrong/decontaminate-same-texts-only.rs"]
mod same_texts_only;
#[path = "../../exercises/wrong/decontaminate-short-texts-forbid.rs"]
mod short_texts_forbid;

use super::shingles::answer as own;
use data_quality::normalise::words;
use std::collections::BTreeSet;

type Shingles = fn(&str, usize) -> BTreeSet<String>;
type Decontaminate = fn(&[&str], &[&str], usize, Shingles) -> Vec<usize>;

/// Shingles of the book's own words.
fn book(text: &str, n: usize) -> BTreeSet<String> {
    let words: Vec<_> = words(text).collect();
    words.windows(n.min(words.len()).max(1)).map(|run| run.join(" ")).collect()
}

fn judge(decontaminate: Decontaminate, shingles: Shingles) {
    let train =
        ["The owl knew where it lay.", "Where it lay nobody KNEW", "It lay there.", "Yes –", "Well, well"];
    for (test, n, expected, why) in [
        (vec!["nobody knew where it lay"], 3, vec![2, 3, 4], "\"where it lay\" is in two of them"),
        (vec!["nobody knew where it lay"], 5, vec![0, 1, 2, 3, 4], "no five words in a row are"),
        (vec!["an owl", "it lay there"], 3, vec![0, 1, 3, 4], "each text of the test counts"),
        (
            vec!["nobody knew where", "it lay"],
            3,
            vec![0, 1, 2, 3, 4],
            "no run crosses from one text of the test into the next",
        ),
        (vec!["yes", "well well"], 2, vec![0, 1, 2, 3], "a text of fewer words forbids nothing"),
        (vec!["Yes –"], 2, vec![0, 1, 2, 3, 4], "a dash alone is no word, and this is one word"),
        (vec![], 2, vec![0, 1, 2, 3, 4], "there is no test"),
    ] {
        let own = decontaminate(&train, &test, n, shingles);
        assert!(own == expected, "runs of {n} of {test:?}: {expected:?} may stay ({why}), {own:?} came");
    }
}

#[test]
fn decontaminate() {
    judge(answer::decontaminate, own::shingles);
}

#[test]
#[should_panic(expected = "(\"where it lay\" is in two of them), [0, 1, 2, 3, 4] came")]
fn same_texts_only() {
    judge(same_texts_only::decontaminate, book);
}

#[test]
#[should_panic(expected = "(a text of fewer words forbids nothing), [0, 1, 2] came")]
fn short_texts_forbid() {
    judge(short_texts_forbid::decontaminate, book);
}

#[test]
#[should_panic(expected = "(each text of the test counts), [0, 1, 2, 3, 4] came")]
fn one_test() {
    judge(one_test::decontaminate, book);
}

#[test]
#[should_panic(expected = "(no run crosses from one text of the test into the next), [2, 3, 4] came")]
fn joins_the_test() {
    judge(joins_the_test::decontaminate, book);
}

#[test]
#[should_panic(expected = "(\"where it lay\" is in two of them), [0, 1] came")]
fn gives_what_goes() {
    judge(gives_what_goes::decontaminate, book);
}

#[test]
#[should_panic(expected = "(a dash alone is no word, and this is one word), [0, 1, 2, 4] came")]
fn counts_dashes() {
    judge(counts_dashes::decontaminate, book);
}
