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
#[path = "../../exercises/wrong/price-underflows.rs"]
mod underflows;
#[path = "../../exercises/wrong/price-worst-text.rs"]
mod worst_text;

use crate::same::same;

fn judge(most_dirt: fn(&[(f64, f64)], f64) -> f64) {
    let at = |texts: &[(f64, f64)], budget: f64, expected: f64, what: &str| {
        let some = &texts[..texts.len().min(3)];
        let what = format!(
            "texts of {some:?} bits{}, at most {budget} more: {what}",
            if texts.len() > 3 { " …" } else { "" }
        );
        same(&what, &[most_dirt(texts, budget)], &[expected], 1e-9);
    };
    let never = f64::INFINITY;
    let half = 0.5_f64.sqrt(); // 2 to the power of −½
    at(&[(3.0, never)], 1.0, 0.5, "the other source never tells it, so half dirt costs a bit");
    at(&[(3.0, never), (7.0, never)], 0.5, 1.0 - half, "half a bit each");
    at(&[(3.0, 3.0)], 0.1, 1.0, "both sources find it equally likely: everything may be dirt");
    at(&[(2.0, 3.0)], 0.5, 2.0 * (1.0 - half), "1 - q/2 of its probability is left");
    at(&[(1.0, never), (1.0, 1.0)], 0.5, 0.5, "one costs a bit, one costs none");
    // (1 − q)(1 + 3q) = 1.
    at(&[(3.0, never), (3.0, 1.0)], 0.0, 2.0 / 3.0, "what one text costs the other one gains");
    at(&[(3000.0, 3001.0)], 0.5, 2.0 * (1.0 - half), "a long text has a price as well");
    // One gains 1100 bits and log₂ q, a hundred lose eleven each.
    let most = 1.0 - 0.5_f64.powi(11);
    let mut texts = [(3.0, never); 101];
    texts[0] = (1100.0, 0.0);
    at(
        &texts,
        -most.log2() / 101.0,
        most,
        "the first gains 1100 bits, and 2 to the power of 1100 is infinite",
    );
}

#[test]
fn price() {
    judge(answer::most_dirt);
}

#[test]
#[should_panic(expected = "everything may be dirt: number 0 is 0.06")]
fn bound_for_all() {
    judge(bound_for_all::most_dirt);
}

#[test]
#[should_panic(expected = "so half dirt costs a bit: number 0 is 0.63")]
fn in_nats() {
    judge(in_nats::most_dirt);
}

#[test]
#[should_panic(expected = "one costs a bit, one costs none: number 0 is 0.29")]
fn worst_text() {
    judge(worst_text::most_dirt);
}

#[test]
#[should_panic(expected = "a long text has a price as well: number 0 is 0, expected")]
fn underflows() {
    judge(underflows::most_dirt);
}

#[test]
#[should_panic(expected = "2 to the power of 1100 is infinite: number 0 is 0.999999999")]
fn overflows() {
    judge(overflows::most_dirt);
}
