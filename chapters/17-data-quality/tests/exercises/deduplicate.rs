//! The judge of `deduplicate`. The answer is judged with the reader's own `shingles` and `bands`, wrong
//! answers with the book's.

#[cfg_attr(feature = "exercises", path = "../../exercises/deduplicate.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/deduplicate.rs")]
mod answer;
#[path = "../../exercises/wrong/deduplicate-any-band.rs"]
mod any_band;
#[path = "../../exercises/wrong/deduplicate-band-as-a-set.rs"]
mod band_as_a_set;
#[path = "../../exercises/wrong/deduplicate-digits-side-by-side.rs"]
mod digits_side_by_side;
#[path = "../../exercises/wrong/deduplicate-ignores-bands.rs"]
mod ignores_bands;
#[path = "../../exercises/wrong/deduplicate-one-number-is-enough.rs"]
mod one_number_is_enough;
#[path = "../../exercises/wrong/deduplicate-remembers-all.rs"]
mod remembers_all;
#[path = "../../exercises/wrong/deduplicate-remembers-while-asking.rs"]
mod remembers_while_asking;
#[path = "../../exercises/wrong/deduplicate-runs-of-one.rs"]
mod runs_of_one;
#[path = "../../exercises/wrong/deduplicate-sums.rs"]
mod sums;
#[path = "../../exercises/wrong/deduplicate-whole-signature.rs"]
mod whole_signature;

use super::bands::answer as own_bands;
use super::shingles::answer as own;
use data_quality::hash::hash;
use data_quality::minhash::MinHash;
use data_quality::near::{Bands, Seen};
use data_quality::normalise::words;
use data_quality::retell::retell;
use data_quality::shingles::shingles;
use language_models::story::tell;
use std::collections::BTreeSet;
use tensors::seeds;

type Shingles = fn(&str, usize) -> BTreeSet<String>;
type Signature<'a> = &'a dyn Fn(&BTreeSet<String>) -> Vec<u32>;

/// Shingles of the book's own words.
fn book(text: &str, n: usize) -> BTreeSet<String> {
    let words: Vec<_> = words(text).collect();
    words.windows(n.min(words.len()).max(1)).map(|run| run.join(" ")).collect()
}

/// A signature that can be read: of words like a1, b7, c2 the numbers, in the order of the letters.
fn written(runs: &BTreeSet<String>) -> Vec<u32> {
    runs.iter().map(|run| run[1..].parse().expect("a letter and a number")).collect()
}

/// `deduplicate` with its texts, bands, length of runs, shingles and signature.
type Deduplicate = fn(&[&str], (usize, usize), usize, Shingles, Signature<'_>) -> Vec<usize>;

fn judge(deduplicate: Deduplicate, shingles: Shingles) {
    let text = "a1 b2 c3 d4";
    for (texts, bands, expected, why) in [
        (vec![text, "A1 B2 C7 D8", "a5 b2 c3 d8"], (2, 2), vec![0, 2], "one band is enough"),
        (
            vec![text, "a1 b9 c3 d8", "a9 b9 c9 d9"],
            (2, 2),
            vec![0, 1, 2],
            "one number of a band is not the band",
        ),
        (
            vec![text, "a3 b4 c1 d2", "a9 b9 c9 d9"],
            (2, 2),
            vec![0, 1, 2],
            "equal numbers in different bands are no match",
        ),
        (
            vec![text, "a1 b2 c7 d8", "a9 b9 c7 d8", "a0 b0 c0 d0"],
            (2, 2),
            vec![0, 2, 3],
            "the second is taken out, and what is like it alone is not",
        ),
        (vec![text, "a9 b2 c9 d9"], (4, 1), vec![0], "a band may be a single number"),
        (vec![text, "a1 b2 c3 d9", "d4 c3 b2 a1"], (1, 4), vec![0, 1], "a band may be all numbers"),
        (vec![text, "a1 b2 c9 d4"], (1, 3), vec![0, 1], "the fourth number is in no band"),
        (vec![text, "a9 b9 c3 d4"], (1, 2), vec![0, 1], "the second pair of numbers is in no band"),
        (
            vec![text, "a9 b9 c3 d4", "a9 b9 c7 d8"],
            (2, 2),
            vec![0, 2],
            "the second is taken out for its last band, and its first is forgotten, too",
        ),
        (
            vec![text, "a2 b1 c9 d8"],
            (2, 2),
            vec![0, 1],
            "the same numbers in another order are another band",
        ),
        (vec!["a1 b23 c9 d9", "a12 b3 c8 d8"], (2, 2), vec![0, 1], "1, 23 is not 12, 3"),
        (vec![], (2, 2), vec![], "there is no text"),
    ] {
        let own = deduplicate(&texts, bands, 1, shingles, &written);
        assert!(
            own == expected,
            "{bands:?} (bands, rows) of {texts:?}: {expected:?} stay ({why}), {own:?} came"
        );
    }
    // All hashes of a set of runs, smallest first: sets of the same words differ in their runs of two.
    let hashes = |runs: &BTreeSet<String>| -> Vec<u32> {
        let mut hashes: Vec<u32> = runs.iter().map(|run| (hash(run.as_bytes()) >> 32) as u32).collect();
        hashes.sort_unstable();
        hashes
    };
    let own = deduplicate(&["one two three", "three two one"], (1, 2), 2, shingles, &hashes);
    assert!(own == [0, 1], "[0, 1] stay (runs of two, and not words), {own:?} came");
}

#[test]
fn deduplicate() {
    judge(answer::deduplicate, own::shingles);
    // Stories told again with three choices changed, by the reader's own bands, against the book's.
    let (bands, rows) = own_bands::bands(112, 0.8, 0.92, 0.5).expect("FineWeb's 14 bands of 8 are found");
    let mut rng = seeds::generator(7);
    let mut stories: Vec<String> = (0..20).map(|_| tell(&mut rng)).collect();
    for i in 0..20 {
        stories.push(retell(&stories[i], 3, &mut rng).expect("a story"));
    }
    let mut seen = Seen::new(Bands { bands, rows }, 100, 1);
    let expected: Vec<usize> =
        (0..stories.len()).filter(|&i| seen.is_new(&shingles(&stories[i], 5))).collect();
    assert!((21..40).contains(&expected.len()), "some are found, some are not: {}", expected.len());
    let texts: Vec<&str> = stories.iter().map(String::as_str).collect();
    // The book's hashes of runs are made word by word: a run that the reader has joined is parted again.
    let functions = MinHash::new(bands * rows, 1);
    let signature = |runs: &BTreeSet<String>| -> Vec<u32> {
        let hashes: BTreeSet<u32> = runs.iter().flat_map(|run| shingles(run, 5)).collect();
        functions.signature(&hashes.into_iter().collect::<Vec<u32>>())
    };
    let stay = answer::deduplicate(&texts, (bands, rows), 5, own::shingles, &signature);
    assert!(stay == expected, "of 20 stories and 20 retold ones {expected:?} stay, {stay:?} came");
}

#[test]
#[should_panic(expected = "[0, 1, 2] stay (equal numbers in different bands are no match), [0, 2] came")]
fn any_band() {
    judge(any_band::deduplicate, book);
}

#[test]
#[should_panic(expected = "[0, 1] stay (the second pair of numbers is in no band), [0] came")]
fn ignores_bands() {
    judge(ignores_bands::deduplicate, book);
}

#[test]
#[should_panic(expected = "[0, 2] stay (one band is enough), [0] came")]
fn one_number_is_enough() {
    judge(one_number_is_enough::deduplicate, book);
}

#[test]
#[should_panic(
    expected = "[0, 2, 3] stay (the second is taken out, and what is like it alone is not), [0, 3] came"
)]
fn remembers_all() {
    judge(remembers_all::deduplicate, book);
}

#[test]
#[should_panic(
    expected = "[0, 2] stay (the second is taken out for its last band, and its first is forgotten, too), [0] came"
)]
fn remembers_while_asking() {
    judge(remembers_while_asking::deduplicate, book);
}

#[test]
#[should_panic(expected = "[0, 1] stay (runs of two, and not words), [0] came")]
fn runs_of_one() {
    judge(runs_of_one::deduplicate, book);
}

#[test]
#[should_panic(expected = "[0, 2] stay (one band is enough), [0, 1, 2] came")]
fn whole_signature() {
    judge(whole_signature::deduplicate, book);
}

#[test]
#[should_panic(expected = "[0, 1] stay (the same numbers in another order are another band), [0] came")]
fn band_as_a_set() {
    judge(band_as_a_set::deduplicate, book);
}

#[test]
#[should_panic(expected = "[0, 1] stay (1, 23 is not 12, 3), [0] came")]
fn digits_side_by_side() {
    judge(digits_side_by_side::deduplicate, book);
}

#[test]
#[should_panic(expected = "[0, 1] stay (the same numbers in another order are another band), [0] came")]
fn sums() {
    judge(sums::deduplicate, book);
}
