//! The judge of `price`.

#[cfg_attr(feature = "exercises", path = "../../exercises/price.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/price.rs")]
mod answer;
#[path = "../../exercises/wrong/price-bound-for-all.rs"]
mod bound_for_all;
#[path = "../../exercises/wrong/price-in-nats.rs"]
mod in_nats;
#[path = "../../exercises/wrong/price-overflows.rs"]
mod overflows;
#[path = "../../exercises/wrong/price-shares-exchanged.rs"]
mod shares_exchanged;
#[path = "../../exercises/wrong/price-underflows.rs"]
mod underflows;

use crate::same::same;

fn judge(price: fn(f64, f64, f64) -> f64) {
    let at = |dirt: f64, own: f64, other: f64, expected: f64, what: &str| {
        let what = format!("{dirt} of dirt, a text of {own} bits clean and {other} dirty: {what}");
        same(&what, &[price(dirt, own, other)], &[expected], 1e-9);
    };
    let never = f64::INFINITY;
    at(0.5, 3.0, never, 1.0, "the dirty source never tells it, so half of its probability is gone");
    at(0.1, 3.0, never, (10.0_f64 / 9.0).log2(), "nine tenths of its probability are left");
    at(0.5, 3.0, 3.0, 0.0, "both sources find it equally likely");
    at(0.25, 2.0, 3.0, -(0.75 * 0.25 + 0.25 * 0.125_f64).log2() - 2.0, "three parts of 1/4, one of 1/8");
    at(0.5, 2.0, 1.0, -0.375_f64.log2() - 2.0, "the mean of 1/4 and 1/2 is more than 1/4");
    at(0.5, 3000.0, 3001.0, -0.75_f64.log2(), "a long text has a price as well");
    at(0.5, 3000.0, 900.0, 1.0 - 2100.0, "the dirty source knows it, and half of its probability is left");
}

#[test]
fn price() {
    judge(answer::price);
}

#[test]
#[should_panic(expected = "both sources find it equally likely: number 0 is 1, expected 0")]
fn bound_for_all() {
    judge(bound_for_all::price);
}

#[test]
#[should_panic(expected = "so half of its probability is gone: number 0 is 0.69")]
fn in_nats() {
    judge(in_nats::price);
}

#[test]
#[should_panic(expected = "nine tenths of its probability are left: number 0 is 3.32")]
fn shares_exchanged() {
    judge(shares_exchanged::price);
}

#[test]
#[should_panic(expected = "a long text has a price as well: number 0 is inf")]
fn underflows() {
    judge(underflows::price);
}

#[test]
#[should_panic(
    expected = "the dirty source knows it, and half of its probability is left: number 0 is -inf"
)]
fn overflows() {
    judge(overflows::price);
}
