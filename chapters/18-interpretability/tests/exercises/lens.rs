//! The judge of `lens`.

#[cfg_attr(feature = "exercises", path = "../../exercises/lens.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/lens.rs")]
pub(super) mod answer;
#[path = "../../exercises/wrong/lens-cannot-come.rs"]
mod cannot_come;
#[path = "../../exercises/wrong/lens-counts-places.rs"]
mod counts_places;
#[path = "../../exercises/wrong/lens-first-dip.rs"]
mod first_dip;
#[path = "../../exercises/wrong/lens-less.rs"]
mod less;
#[path = "../../exercises/wrong/lens-nats.rs"]
mod nats;
#[path = "../../exercises/wrong/lens-other-way-round.rs"]
mod other_way_round;
#[path = "../../exercises/wrong/lens-overflows.rs"]
mod overflows;

/// Scores whose softmax these are.
fn believes(shares: &[f64]) -> Vec<f64> {
    shares.iter().map(|share| share.ln()).collect()
}

type KnownFrom = fn(&[Vec<f64>], &[f64], f64) -> Option<usize>;

fn judge(known_from: KnownFrom) {
    let (half, first): (&[f64], &[f64]) = (&[0.5, 0.5, 0.0, 0.0], &[1.0, 0.0]);
    // 1, 0 and 1 bits, then 0.415, and 0.
    let (even, right) = (believes(&[0.25; 4]), believes(&[0.5, 0.5, 1e-9, 1e-9]));
    let third = believes(&[0.375, 0.375, 0.125, 0.125]);
    // ½ log₂ (½ / 0.9) + ½ log₂ (½ / 0.1) = 0.737, and the other way round 0.531.
    let sure = believes(&[0.9, 0.1, 1e-9, 1e-9]);
    let large: Vec<f64> = right.iter().map(|score| score + 1000.0).collect();
    for (places, truth, most, expected, why) in [
        (vec![even.clone(), third.clone(), right.clone()], half, 0.5, Some(1), "1, 0.415 and 0 bits"),
        (
            vec![even.clone(), right.clone(), even.clone(), right.clone()],
            half,
            0.5,
            Some(3),
            "1, 0, 1 and 0 bits",
        ),
        (vec![right.clone(), even.clone()], half, 0.5, None, "0 and 1 bits"),
        (vec![right.clone(), right.clone()], half, 0.5, Some(0), "0 and 0 bits"),
        (vec![even.clone(), right.clone()], half, 0.8, Some(1), "1 and 0 bits, which are 0.693 and 0 nats"),
        (vec![sure.clone(), right.clone()], half, 0.6, Some(1), "0.737 and 0 bits"),
        (vec![even, large], half, 0.5, Some(1), "1 and 0 bits, from scores near 1000"),
        (vec![], half, 0.5, None, "no place at all"),
        (vec![vec![0.0; 2]], first, 1.0, Some(0), "1 bit exactly"),
    ] {
        let own = known_from(&places, truth, most);
        assert!(own == expected, "{why}, and {most} at most: expected is {expected:?}, {own:?} came");
    }
}

#[test]
fn lens() {
    judge(answer::known_from);
}

#[test]
#[should_panic(expected = "1, 0, 1 and 0 bits, and 0.5 at most: expected is Some(3), Some(1) came")]
fn first_dip() {
    judge(first_dip::known_from);
}

#[test]
#[should_panic(expected = "at most: expected is")]
fn other_way_round() {
    judge(other_way_round::known_from);
}

#[test]
#[should_panic(expected = "1 and 0 bits, which are 0.693 and 0 nats, and 0.8 at most: expected is Some(1)")]
fn nats() {
    judge(nats::known_from);
}

#[test]
#[should_panic(expected = "1 bit exactly, and 1 at most: expected is Some(0), None came")]
fn less() {
    judge(less::known_from);
}

#[test]
#[should_panic(expected = "from scores near 1000, and 0.5 at most: expected is Some(1), None came")]
fn overflows() {
    judge(overflows::known_from);
}

#[test]
#[should_panic(expected = "1, 0.415 and 0 bits, and 0.5 at most: expected is Some(1), None came")]
fn cannot_come() {
    judge(cannot_come::known_from);
}

#[test]
#[should_panic(expected = "1, 0, 1 and 0 bits, and 0.5 at most: expected is Some(3), Some(2) came")]
fn counts_places() {
    judge(counts_places::known_from);
}
