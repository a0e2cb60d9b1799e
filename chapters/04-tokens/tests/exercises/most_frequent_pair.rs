//! The judge of `most_frequent_pair`.

#[cfg_attr(feature = "exercises", path = "../../exercises/most_frequent_pair.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/most_frequent_pair.rs")]
mod answer;
#[path = "../../exercises/wrong/most_frequent_pair-first-seen.rs"]
mod first_seen;
#[path = "../../exercises/wrong/most_frequent_pair-larger-ids.rs"]
mod larger_ids;
#[path = "../../exercises/wrong/most_frequent_pair-tie-by-the-right-id.rs"]
mod tie_by_the_right_id;
#[path = "../../exercises/wrong/most_frequent_pair-without-overlap.rs"]
mod without_overlap;

fn judge(most_frequent_pair: fn(&[u32]) -> Option<(u32, u32)>) {
    for (tokens, expected, why) in [
        (vec![1, 2, 1, 2, 3], Some((1, 2)), "it occurs twice"),
        (vec![5, 4, 3], Some((4, 3)), "of equally frequent pairs the one with the smaller left id"),
        (vec![1, 9, 2, 3], Some((1, 9)), "of equally frequent pairs the left ids decide first"),
        (vec![7, 9, 7, 8], Some((7, 8)), "of equal left ids the smaller right one decides"),
        (vec![3, 3, 3, 2, 1], Some((3, 3)), "occurrences that overlap count, so it occurs twice"),
        (vec![1, 1, 1, 2, 2], Some((1, 1)), "it occurs twice"),
        (vec![7], None, "one token is no pair"),
        (vec![], None, "nothing is no pair"),
    ] {
        let own = most_frequent_pair(&tokens);
        assert!(own == expected, "{tokens:?}: {expected:?} is expected ({why}), {own:?} came");
    }
}

#[test]
fn most_frequent_pair() {
    judge(answer::most_frequent_pair);
}

#[test]
#[should_panic(expected = "of equally frequent pairs the left ids decide first")]
fn tie_by_the_right_id() {
    judge(tie_by_the_right_id::most_frequent_pair);
}

#[test]
#[should_panic(expected = "of equally frequent pairs the one with the smaller left id")]
fn larger_ids() {
    judge(larger_ids::most_frequent_pair);
}

#[test]
#[should_panic(expected = "of equally frequent pairs the one with the smaller left id")]
fn first_seen() {
    judge(first_seen::most_frequent_pair);
}

#[test]
#[should_panic(expected = "occurrences that overlap count, so it occurs twice")]
fn without_overlap() {
    judge(without_overlap::most_frequent_pair);
}
