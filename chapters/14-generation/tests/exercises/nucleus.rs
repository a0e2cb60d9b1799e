//! The judge of `nucleus`.

#[cfg_attr(feature = "exercises", path = "../../exercises/nucleus.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/nucleus.rs")]
mod answer;
#[path = "../../exercises/wrong/nucleus-larger-id-first.rs"]
mod larger_id_first;
#[path = "../../exercises/wrong/nucleus-none-at-zero.rs"]
mod none_at_zero;
#[path = "../../exercises/wrong/nucleus-one-too-few.rs"]
mod one_too_few;
#[path = "../../exercises/wrong/nucleus-one-too-many.rs"]
mod one_too_many;
#[path = "../../exercises/wrong/nucleus-unsorted.rs"]
mod unsorted;

fn judge(nucleus: fn(&[f64], f64) -> Vec<usize>) {
    let p = [0.125, 0.5, 0.125, 0.25];
    for (top_p, expected, why) in [
        (0.7, vec![1, 3], "½ is too little and ¾ enough"),
        (0.75, vec![1, 3], "¾ is enough exactly"),
        (0.5, vec![1], "½ is enough exactly"),
        (0.8, vec![1, 3, 0], "of the equally likely the smaller id"),
        (0.1, vec![1], "one token is always kept"),
        (0.0, vec![1], "one token is always kept"),
        (1.0, vec![1, 3, 0, 2], "all of them"),
    ] {
        let own = nucleus(&p, top_p);
        assert!(own == expected, "{p:?}, top_p {top_p}: {expected:?} is expected ({why}), {own:?} came");
    }
    let own = nucleus(&[0.25; 4], 0.6);
    assert!(own == [0, 1, 2], "four equal ones, top_p 0.6: [0, 1, 2] is expected, {own:?} came");
}

#[test]
fn nucleus() {
    judge(answer::nucleus);
}

#[test]
#[should_panic(expected = "top_p 0.75: [1, 3] is expected (¾ is enough exactly), [1, 3, 0] came")]
fn one_too_many() {
    judge(one_too_many::nucleus);
}

#[test]
#[should_panic(expected = "top_p 0.7: [1, 3] is expected (½ is too little and ¾ enough), [1] came")]
fn one_too_few() {
    judge(one_too_few::nucleus);
}

#[test]
#[should_panic(expected = "top_p 0: [1] is expected (one token is always kept), [] came")]
fn none_at_zero() {
    judge(none_at_zero::nucleus);
}

#[test]
#[should_panic(
    expected = "top_p 0.8: [1, 3, 0] is expected (of the equally likely the smaller id), [1, 3, 2] came"
)]
fn larger_id_first() {
    judge(larger_id_first::nucleus);
}

#[test]
#[should_panic(expected = "top_p 0.7: [1, 3] is expected (½ is too little and ¾ enough), [0, 1, 2] came")]
fn unsorted() {
    judge(unsorted::nucleus);
}
