//! The judge of `forward_mode`.

#[cfg_attr(feature = "exercises", path = "../../exercises/forward_mode.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/forward_mode.rs")]
mod answer;
#[path = "../../exercises/wrong/forward_mode-one-half-of-the-product-rule.rs"]
mod one_half_of_the_product_rule;
#[path = "../../exercises/wrong/forward_mode-product-of-slopes.rs"]
mod product_of_slopes;
#[path = "../../exercises/wrong/forward_mode-slope-at-the-input.rs"]
mod slope_at_the_input;
#[path = "../../exercises/wrong/forward_mode-tanh-without-the-chain.rs"]
mod tanh_without_the_chain;

use backprop::engine::Tape;

/// Each solution has a type of its own for dual numbers, so the judge is written for a module.
macro_rules! judge {
    ($answer:ident) => {
        use $answer::{Dual, multiply, tanh};
        for (a, b) in [(0.7, -1.3), (2.0, 0.4), (-0.2, 1.5)] {
            let tape = Tape::default();
            let (ta, tb) = (tape.value(a), tape.value(b));
            let (product, bent) = ((ta * tb).backward(), ta.tanh().backward());
            let both = ((ta * tb).tanh() * ta).backward();
            let inputs = [("a", (1.0, 0.0), ta), ("b", (0.0, 1.0), tb)];
            for (by, (slope_a, slope_b), input) in inputs {
                let (x, y) = (Dual { value: a, slope: slope_a }, Dual { value: b, slope: slope_b });
                let at = format!("at a = {a}, b = {b}, by {by}");
                holds(&format!("the value of a b {at}"), multiply(x, y).value, a * b);
                holds(&format!("the slope of a b {at}"), multiply(x, y).slope, product.of(input));
                holds(&format!("the value of tanh a {at}"), tanh(x).value, a.tanh());
                holds(&format!("the slope of tanh a {at}"), tanh(x).slope, bent.of(input));
            }
            for (by, (slope_a, slope_b), input) in inputs {
                let (x, y) = (Dual { value: a, slope: slope_a }, Dual { value: b, slope: slope_b });
                let f = multiply(tanh(multiply(x, y)), x);
                holds(&format!("the slope of tanh(a b) a by {by}"), f.slope, both.of(input));
            }
            let twice = tanh(Dual { value: a, slope: 2.0 }).slope;
            let once = tanh(Dual { value: a, slope: 1.0 }).slope;
            holds("where a rises twice as fast, tanh a does too: its slope", twice, 2.0 * once);
        }
    };
}

fn holds(what: &str, own: f64, expected: f64) {
    assert!((own - expected).abs() < 1e-12, "{what} is {expected}, not {own}");
}

#[test]
fn forward_mode() {
    judge!(answer);
}

#[test]
#[should_panic(expected = "the slope of a b at a = 0.7, b = -1.3, by a is -1.3, not 0")]
fn product_of_slopes() {
    judge!(product_of_slopes);
}

#[test]
#[should_panic(expected = "the slope of tanh a at a = 0.7, b = -1.3, by b is 0, not")]
fn tanh_without_the_chain() {
    judge!(tanh_without_the_chain);
}

#[test]
#[should_panic(expected = "the slope of tanh a at a = 0.7, b = -1.3, by a is")]
fn slope_at_the_input() {
    judge!(slope_at_the_input);
}

#[test]
#[should_panic(expected = "the slope of a b at a = 0.7, b = -1.3, by b is 0.7, not")]
fn one_half_of_the_product_rule() {
    judge!(one_half_of_the_product_rule);
}
