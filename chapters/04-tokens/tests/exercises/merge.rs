//! The judge of `merge`.

#[path = "../../exercises/wrong/merge-again-and-again.rs"]
mod again_and_again;
#[cfg_attr(feature = "exercises", path = "../../exercises/merge.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/merge.rs")]
mod answer;
#[path = "../../exercises/wrong/merge-drops-the-last.rs"]
mod drops_the_last;
#[path = "../../exercises/wrong/merge-either-order.rs"]
mod either_order;
#[path = "../../exercises/wrong/merge-from-the-right.rs"]
mod from_the_right;
#[path = "../../exercises/wrong/merge-overlapping.rs"]
mod overlapping;

type Merge = fn(&[u32], (u32, u32), u32) -> Vec<u32>;

fn judge(merge: Merge) {
    for (tokens, pair, merged, expected) in [
        (vec![1, 2, 3, 1, 2], (1, 2), 9, vec![9, 3, 9]),
        (vec![1, 1, 2, 2], (1, 2), 9, vec![1, 9, 2]),
        (vec![2, 1], (1, 2), 9, vec![2, 1]),
        (vec![4, 5, 1], (1, 2), 9, vec![4, 5, 1]),
        (vec![1, 1, 1], (1, 1), 9, vec![9, 1]),
        // What a merge has made is not merged again in the same pass.
        (vec![1, 2, 2], (1, 2), 1, vec![1, 2]),
        (vec![], (1, 2), 9, vec![]),
    ] {
        let own = merge(&tokens, pair, merged);
        assert!(
            own == expected,
            "{tokens:?} with {pair:?} merged to {merged}: {expected:?} is expected, {own:?} came"
        );
    }
}

#[test]
fn merge() {
    judge(answer::merge);
}

#[test]
#[should_panic(expected = "[1, 1, 1] with (1, 1) merged to 9: [9, 1] is expected, [9, 9] came")]
fn overlapping() {
    judge(overlapping::merge);
}

#[test]
#[should_panic(expected = "[1, 1, 2, 2] with (1, 2) merged to 9: [1, 9, 2] is expected, [1, 9] came")]
fn drops_the_last() {
    judge(drops_the_last::merge);
}

#[test]
#[should_panic(expected = "[1, 1, 1] with (1, 1) merged to 9: [9, 1] is expected, [1, 9] came")]
fn from_the_right() {
    judge(from_the_right::merge);
}

#[test]
#[should_panic(expected = "[1, 2, 2] with (1, 2) merged to 1: [1, 2] is expected, [1] came")]
fn again_and_again() {
    judge(again_and_again::merge);
}

#[test]
#[should_panic(expected = "[2, 1] with (1, 2) merged to 9: [2, 1] is expected, [9] came")]
fn either_order() {
    judge(either_order::merge);
}
