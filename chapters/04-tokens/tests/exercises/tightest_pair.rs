//! The judge of `tightest_pair`.

#[cfg_attr(feature = "exercises", path = "../../exercises/tightest_pair.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/tightest_pair.rs")]
mod answer;
#[path = "../../exercises/wrong/tightest_pair-larger-ids.rs"]
mod larger_ids;
#[path = "../../exercises/wrong/tightest_pair-left-only.rs"]
mod left_only;
#[path = "../../exercises/wrong/tightest_pair-most-frequent.rs"]
mod most_frequent;
#[path = "../../exercises/wrong/tightest_pair-whole-numbers.rs"]
mod whole_numbers;

fn judge(tightest_pair: fn(&[u32]) -> Option<(u32, u32)>) {
    for (tokens, expected, why) in [
        (vec![1, 2, 1, 2, 3, 1], Some((2, 3)), "1 / (2 · 1) is more than the 2 / (3 · 2) of (1, 2)"),
        (vec![5, 4, 3], Some((4, 3)), "of equal scores the one with the smaller left id"),
        (vec![7, 9, 7, 8], Some((7, 8)), "of equal left ids the smaller right one decides"),
        // (3, 3) has 2 / 9, (3, 2) 1 / 3.
        (vec![3, 3, 3, 2], Some((3, 2)), "a pair of equal tokens is divided by the square of their count"),
        (vec![3, 3, 3], Some((3, 3)), "it is the only one"),
        (
            vec![1, 2, 1, 2, 3, 3, 3, 3, 4, 4],
            Some((1, 2)),
            "2 / (2 · 2) is more than the 3 / (4 · 4) of (3, 3)",
        ),
        (vec![7], None, "one token is no pair"),
        (vec![], None, "nothing is no pair"),
    ] {
        let own = tightest_pair(&tokens);
        assert!(own == expected, "{tokens:?}: {expected:?} is expected ({why}), {own:?} came");
    }
}

#[test]
fn tightest_pair() {
    judge(answer::tightest_pair);
}

#[test]
#[should_panic(expected = "1 / (2 · 1) is more than the 2 / (3 · 2) of (1, 2)), Some((1, 2)) came")]
fn most_frequent() {
    judge(most_frequent::tightest_pair);
}

#[test]
#[should_panic(expected = "1 / (2 · 1) is more than the 2 / (3 · 2) of (1, 2)), Some((3, 1)) came")]
fn left_only() {
    judge(left_only::tightest_pair);
}

#[test]
#[should_panic(expected = "1 / (2 · 1) is more than the 2 / (3 · 2) of (1, 2)), Some((1, 2)) came")]
fn whole_numbers() {
    judge(whole_numbers::tightest_pair);
}

#[test]
#[should_panic(expected = "of equal scores the one with the smaller left id")]
fn larger_ids() {
    judge(larger_ids::tightest_pair);
}
