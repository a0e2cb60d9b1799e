//! The judge of `kept`.

#[path = "../../exercises/wrong/kept-all-of-the-last.rs"]
mod all_of_the_last;
#[cfg_attr(feature = "exercises", path = "../../exercises/kept.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/kept.rs")]
mod answer;
#[path = "../../exercises/wrong/kept-bad-first.rs"]
mod bad_first;
#[path = "../../exercises/wrong/kept-good-first.rs"]
mod good_first;
#[path = "../../exercises/wrong/kept-lowest.rs"]
mod lowest;
#[path = "../../exercises/wrong/kept-share-of-the-bad.rs"]
mod share_of_the_bad;
#[path = "../../exercises/wrong/kept-share-of-the-pool.rs"]
mod share_of_the_pool;

use crate::same::same;

fn judge(dirt_kept: fn(&[f64], &[f64], usize) -> f64) {
    let at = |good: &[f64], bad: &[f64], room: usize, expected: f64, why: &str| {
        let shown = |scores: &[f64]| {
            let more =
                if scores.len() > 4 { format!(" … ({} of them)", scores.len()) } else { String::new() };
            format!("{:?}{more}", &scores[..scores.len().min(4)])
        };
        let what = format!("good {}, bad {}, room for {room}: {why}", shown(good), shown(bad));
        same(&what, &[dirt_kept(good, bad, room)], &[expected], 1e-9);
    };
    at(&[3.0, 1.0], &[2.0, 0.0], 1, 0.0, "the highest score is a good text's");
    at(&[3.0, 1.0], &[2.0, 0.0], 2, 0.5, "the second is a bad one's");
    at(&[3.0, 1.0], &[2.0, 0.0], 3, 1.0 / 3.0, "of the three highest one is bad");
    at(&[3.0, 1.0], &[2.0, 0.0], 4, 0.5, "all are kept");
    at(&[1.0], &[1.0, 1.0], 1, 2.0 / 3.0, "each of three equal texts has the same chance");
    at(&[-2.0], &[-1.0], 1, 1.0, "scores may be negative");
    at(&[2.0, 1.0], &[1.0, 1.0, 0.0], 2, 1.0 / 3.0, "one for certain, and one of three equal ones");
    // The two filters of the page: half of the dirt is known, or half of the stories.
    let half = |known: f64| [vec![0.0; 90], vec![known; 90]].concat();
    at(&[0.0; 180], &half(-1.0), 117, 1.0 / 3.0, "of the 270 that nobody knows to be bad a third are");
    at(&half(1.0), &[0.0; 180], 117, 18.0 / 117.0, "27 places are left for 270 others");
}

#[test]
fn kept() {
    judge(answer::dirt_kept);
}

#[test]
#[should_panic(expected = "one for certain, and one of three equal ones: number 0 is 0.5")]
fn all_of_the_last() {
    judge(all_of_the_last::dirt_kept);
}

#[test]
#[should_panic(expected = "each of three equal texts has the same chance: number 0 is 1")]
fn bad_first() {
    judge(bad_first::dirt_kept);
}

#[test]
#[should_panic(expected = "each of three equal texts has the same chance: number 0 is 0")]
fn good_first() {
    judge(good_first::dirt_kept);
}

#[test]
#[should_panic(expected = "the highest score is a good text's: number 0 is 1")]
fn lowest() {
    judge(lowest::dirt_kept);
}

#[test]
#[should_panic(expected = "of the three highest one is bad: number 0 is 0.5")]
fn share_of_the_bad() {
    judge(share_of_the_bad::dirt_kept);
}

#[test]
#[should_panic(expected = "the highest score is a good text's: number 0 is 0.5")]
fn share_of_the_pool() {
    judge(share_of_the_pool::dirt_kept);
}
