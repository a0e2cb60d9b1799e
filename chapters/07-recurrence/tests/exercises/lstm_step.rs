//! The judge of `lstm_step`.

#[cfg_attr(feature = "exercises", path = "../../exercises/lstm_step.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/lstm_step.rs")]
mod answer;
#[path = "../../exercises/wrong/lstm_step-one-gate-for-both.rs"]
mod one_gate_for_both;
#[path = "../../exercises/wrong/lstm_step-other-order.rs"]
mod other_order;
#[path = "../../exercises/wrong/lstm_step-shows-it-unbent.rs"]
mod shows_it_unbent;
#[path = "../../exercises/wrong/lstm_step-shows-the-old.rs"]
mod shows_the_old;
#[path = "../../exercises/wrong/lstm_step-writes-a-sigmoid.rs"]
mod writes_a_sigmoid;

fn judge(step: fn([f64; 4], f64) -> (f64, f64)) {
    let holds = |what: &str, own: f64, expected: f64| {
        assert!((own - expected).abs() < 1e-12, "{what} is {expected}, not {own}");
    };
    let (h, c) = step([0.0; 4], 1.0);
    holds("all gates ½: half is kept and half of nothing written, so the memory", c, 0.5);
    holds("all gates ½: half of tanh(½) is shown, so h", h, 0.5 * 0.5_f64.tanh());
    let (h, c) = step([50.0, -50.0, -50.0, 50.0], 3.0);
    holds("i open, f shut, g = −50: all is forgotten and tanh(−50) written, so the memory", c, -1.0);
    holds("o open: tanh of the new memory, −1, is shown, so h", h, (-1_f64).tanh());
    let (h, c) = step([-50.0, 50.0, 2.0, -50.0], 3.0);
    holds("i shut, f open: all is kept and nothing written, so the memory", c, 3.0);
    holds("o shut: nothing is shown, so h", h, 0.0);
    let (_, c) = step([50.0, 50.0, 0.5, 0.0], 3.0);
    holds("i and f both open: all is kept and tanh(½) written, so the memory", c, 3.0 + 0.5_f64.tanh());
}

#[test]
fn lstm_step() {
    judge(answer::step);
}

#[test]
#[should_panic(expected = "f shut, g = −50: all is forgotten and tanh(−50) written, so the memory")]
fn other_order() {
    judge(other_order::step);
}

#[test]
#[should_panic(expected = "half is kept and half of nothing written, so the memory is 0.5, not 0.75")]
fn writes_a_sigmoid() {
    judge(writes_a_sigmoid::step);
}

#[test]
#[should_panic(expected = "half of tanh(½) is shown, so h is")]
fn shows_it_unbent() {
    judge(shows_it_unbent::step);
}

#[test]
#[should_panic(expected = "half of tanh(½) is shown, so h is")]
fn shows_the_old() {
    judge(shows_the_old::step);
}

#[test]
#[should_panic(expected = "i and f both open: all is kept and tanh(½) written, so the memory")]
fn one_gate_for_both() {
    judge(one_gate_for_both::step);
}
