//! The judge of `nor`.

#[cfg_attr(feature = "exercises", path = "../../exercises/nor.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/nor.rs")]
mod answer;
#[path = "../../exercises/wrong/nor-nand.rs"]
mod nand;
#[path = "../../exercises/wrong/nor-no-bias.rs"]
mod no_bias;
#[path = "../../exercises/wrong/nor-not-the-first.rs"]
mod not_the_first;
#[path = "../../exercises/wrong/nor-or.rs"]
mod or;

use neurons::threshold::ThresholdUnit;

fn judge(nor: fn() -> ThresholdUnit) {
    let unit = nor();
    for (x, expected) in [([0.0, 0.0], 1.0), ([0.0, 1.0], 0.0), ([1.0, 0.0], 0.0), ([1.0, 1.0], 0.0)] {
        let (own, sum) = (unit.fire(x), unit.weights[0] * x[0] + unit.weights[1] * x[1] + unit.bias);
        assert!(own == expected, "for {x:?} the sum is {sum}, so {own} comes out, and NOR is {expected}");
    }
}

#[test]
fn nor() {
    judge(answer::nor);
}

#[test]
#[should_panic(expected = "for [0.0, 0.0] the sum is -0.5, so 0 comes out, and NOR is 1")]
fn or() {
    judge(or::nor);
}

#[test]
#[should_panic(expected = "for [0.0, 1.0] the sum is 0.5, so 1 comes out, and NOR is 0")]
fn nand() {
    judge(nand::nor);
}

#[test]
#[should_panic(expected = "for [0.0, 1.0] the sum is 0.5, so 1 comes out, and NOR is 0")]
fn not_the_first() {
    judge(not_the_first::nor);
}

#[test]
#[should_panic(expected = "for [0.0, 0.0] the sum is 0, so 0 comes out, and NOR is 1")]
fn no_bias() {
    judge(no_bias::nor);
}
