//! The judge of `early_stopping`.

#[cfg_attr(feature = "exercises", path = "../../exercises/early_stopping.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/early_stopping.rs")]
mod answer;
#[path = "../../exercises/wrong/early_stopping-better-than-the-last.rs"]
mod better_than_the_last;
#[path = "../../exercises/wrong/early_stopping-equal-is-better.rs"]
mod equal_is_better;
#[path = "../../exercises/wrong/early_stopping-keeps-the-last.rs"]
mod keeps_the_last;
#[path = "../../exercises/wrong/early_stopping-lowest-of-all.rs"]
mod lowest_of_all;
#[path = "../../exercises/wrong/early_stopping-one-look-late.rs"]
mod one_look_late;

fn judge(early_stopping: fn(&[f64], usize) -> (usize, usize)) {
    for (losses, patience, expected) in [
        (vec![3.0, 2.0, 1.0, 1.5, 1.2, 0.5], 2, (2, 4)),
        (vec![3.0, 2.0, 1.0, 1.5, 1.2, 0.5], 3, (5, 5)),
        (vec![1.0, 1.0, 1.0], 1, (0, 1)),
        // Better than the look before is not better than the lowest.
        (vec![5.0, 1.0, 4.0, 3.0, 2.0, 6.0], 3, (1, 4)),
        (vec![2.0, 3.0], 9, (0, 1)),
    ] {
        let own = early_stopping(&losses, patience);
        let ((kept, stop), (own_kept, own_stop)) = (expected, own);
        assert!(
            own_kept == kept,
            "{losses:?} with patience {patience}: the model of look {kept} is kept, not that of look \
             {own_kept}"
        );
        assert!(
            own_stop == stop,
            "{losses:?} with patience {patience}: training stops at look {stop}, not at look {own_stop}"
        );
    }
}

#[test]
fn early_stopping() {
    judge(answer::early_stopping);
}

#[test]
#[should_panic(expected = "[1.0, 1.0, 1.0] with patience 1: the model of look 0 is kept")]
fn equal_is_better() {
    judge(equal_is_better::early_stopping);
}

#[test]
#[should_panic(expected = "with patience 2: the model of look 2 is kept, not that of look 5")]
fn one_look_late() {
    judge(one_look_late::early_stopping);
}

#[test]
#[should_panic(expected = "with patience 2: the model of look 2 is kept, not that of look 5")]
fn better_than_the_last() {
    judge(better_than_the_last::early_stopping);
}

#[test]
#[should_panic(expected = "the model of look 2 is kept, not that of look 4")]
fn keeps_the_last() {
    judge(keeps_the_last::early_stopping);
}

#[test]
#[should_panic(expected = "the model of look 2 is kept, not that of look 5")]
fn lowest_of_all() {
    judge(lowest_of_all::early_stopping);
}
