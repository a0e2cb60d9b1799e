//! The judge of `reach`.

#[cfg_attr(feature = "exercises", path = "../../exercises/reach.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/reach.rs")]
mod answer;
#[path = "../../exercises/wrong/reach-one-more.rs"]
mod one_more;
#[path = "../../exercises/wrong/reach-powers-of-two.rs"]
mod powers_of_two;
#[path = "../../exercises/wrong/reach-rounds-down.rs"]
mod rounds_down;
#[path = "../../exercises/wrong/reach-rounds-up.rs"]
mod rounds_up;
#[path = "../../exercises/wrong/reach-slope-of-a-half.rs"]
mod slope_of_a_half;

fn judge(reach: fn(f64, f64) -> usize) {
    // With a share of 1 the quotient of the logarithm and the slope is whole.
    for (slope, share) in [(0.5, 100.0), (1.0 / 256.0, 2.0), (0.25, 10.0), (0.5, 1.0), (0.125, 1.0)] {
        let own = reach(slope, share);
        let weight = |distance: usize| (-slope * distance as f64).exp();
        let given = format!("slope {slope}, share {share}");
        assert!(
            weight(own) < 1.0 / share,
            "{given}: at the distance {own} a key still has {} of the weight, which is not less than \
             1/{share}",
            weight(own)
        );
        assert!(
            weight(own - 1) >= 1.0 / share,
            "{given}: the distance {own} is not the first, one nearer the weight is {} already",
            weight(own - 1)
        );
    }
}

#[test]
fn reach() {
    judge(answer::reach);
}

#[test]
#[should_panic(expected = "slope 0.5, share 1: at the distance 0 a key still has 1 of the weight")]
fn rounds_up() {
    judge(rounds_up::reach);
}

#[test]
#[should_panic(expected = "slope 0.5, share 100: at the distance 9 a key still has")]
fn rounds_down() {
    judge(rounds_down::reach);
}

#[test]
#[should_panic(expected = "slope 0.5, share 100: the distance 11 is not the first")]
fn one_more() {
    judge(one_more::reach);
}

#[test]
#[should_panic(expected = "slope 0.00390625, share 2: at the distance 2 a key still has")]
fn slope_of_a_half() {
    judge(slope_of_a_half::reach);
}

#[test]
#[should_panic(expected = "slope 0.5, share 100: the distance 14 is not the first")]
fn powers_of_two() {
    judge(powers_of_two::reach);
}
