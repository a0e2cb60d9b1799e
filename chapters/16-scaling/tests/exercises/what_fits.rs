//! The judge of `what_fits`.

#[cfg_attr(feature = "exercises", path = "../../exercises/what_fits.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/what_fits.rs")]
mod answer;
#[path = "../../exercises/wrong/what_fits-any-data.rs"]
mod any_data;
#[path = "../../exercises/wrong/what_fits-any-room.rs"]
mod any_room;
#[path = "../../exercises/wrong/what_fits-halves.rs"]
mod halves;
#[path = "../../exercises/wrong/what_fits-looser-rule.rs"]
mod looser_rule;
#[path = "../../exercises/wrong/what_fits-no-sum.rs"]
mod no_sum;
#[path = "../../exercises/wrong/what_fits-one-too-few.rs"]
mod one_too_few;
#[path = "../../exercises/wrong/what_fits-people-not-stories.rs"]
mod people_not_stories;

type Loss = fn(usize, f64, f64, f64, f64, f64) -> f64;

/// The same by a person at a time, who is asked everything.
fn one_by_one(people: usize, s: f64, bits: f64, documents: f64, threshold: f64, capacity: f64) -> f64 {
    let (mut all, mut missing, mut room) = (0.0, 0.0, capacity);
    for rank in 1..=people {
        all += (rank as f64).powf(-s);
    }
    for rank in 1..=people {
        let chance = (rank as f64).powf(-s) / all;
        if documents * chance >= threshold && room >= bits {
            room -= bits;
        } else {
            room = 0.0;
            missing += bits * chance;
        }
    }
    missing
}

fn judge(loss: Loss) {
    let same = |what: &str, expected: f64, own: f64| {
        assert!(
            (own - expected).abs() < 1e-9,
            "{what} the facts cost {expected:.3} bits a story, not {:.3}",
            own + 0.0 // −0 is 0
        );
    };
    let by_hand = |documents, threshold, capacity| loss(2, 1.0, 6.0, documents, threshold, capacity);
    same(
        "of two people, with 2/3 and 1/3 of the stories, if nobody is learned,",
        6.0,
        by_hand(3.0, 5.0, 99.0),
    );
    same("if the first is learned,", 2.0, by_hand(9.0, 5.0, 99.0));
    let alike = loss(2, 0.0, 6.0, 12.0, 6.0, 99.0);
    same("if both are told about 6 times and 6 times are enough,", 0.0, alike);
    same("if there is room for one,", 2.0, by_hand(99.0, 5.0, 6.0));
    same("if there is room for one and a half,", 2.0, by_hand(99.0, 5.0, 9.0));
    for (people, s, bits) in [(5, 0.0, 3.0), (40, 1.3, 20.36), (300, 2.2, 11.5)] {
        for (documents, threshold) in [(10.0, 1.5), (1000.0, 7.3), (1e6, 20.7)] {
            for capacity in [0.0, 7.1 * bits, 1000.9 * bits] {
                let expected = one_by_one(people, s, bits, documents, threshold, capacity);
                let what = format!(
                    "{people} people of {bits} bits, s = {s}, {documents} stories, \
                     learned after {threshold}, room for {capacity:.1} bits:"
                );
                same(&what, expected, loss(people, s, bits, documents, threshold, capacity));
            }
        }
    }
}

#[test]
fn what_fits() {
    judge(answer::loss);
}

#[test]
#[should_panic(expected = "if nobody is learned, the facts cost 6.000 bits a story, not 0.000")]
fn any_data() {
    judge(any_data::loss);
}

#[test]
#[should_panic(expected = "if there is room for one, the facts cost 2.000 bits a story, not 0.000")]
fn any_room() {
    judge(any_room::loss);
}

#[test]
#[should_panic(expected = "room for one and a half, the facts cost 2.000 bits a story, not 1.000")]
fn halves() {
    judge(halves::loss);
}

#[test]
#[should_panic(expected = "if nobody is learned, the facts cost 6.000 bits a story, not 0.000")]
fn looser_rule() {
    judge(looser_rule::loss);
}

#[test]
#[should_panic(expected = "if nobody is learned, the facts cost 6.000 bits a story, not 9.000")]
fn no_sum() {
    judge(no_sum::loss);
}

#[test]
#[should_panic(expected = "6 times are enough, the facts cost 0.000 bits a story, not 6.000")]
fn one_too_few() {
    judge(one_too_few::loss);
}

#[test]
#[should_panic(expected = "if the first is learned, the facts cost 2.000 bits a story, not 3.000")]
fn people_not_stories() {
    judge(people_not_stories::loss);
}
