//! The judge of `gate`.

#[cfg_attr(feature = "exercises", path = "../../exercises/gate.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/gate.rs")]
mod answer;
#[path = "../../exercises/wrong/gate-exchanged.rs"]
mod exchanged;
#[path = "../../exercises/wrong/gate-half-the-product-rule.rs"]
mod half_the_product_rule;
#[path = "../../exercises/wrong/gate-overflows.rs"]
mod overflows;
#[path = "../../exercises/wrong/gate-sigmoid-only.rs"]
mod sigmoid_only;
#[path = "../../exercises/wrong/gate-without-dh.rs"]
mod without_dh;

fn judge(forward: fn(f64, f64) -> f64, backward: fn(f64, f64, f64) -> (f64, f64)) {
    // 2 σ(1), and 3 · 0.5 · σ(0.5) by hand.
    for (a, b, expected) in
        [(1.0, 2.0, 1.462_117_157_260_01), (0.5, 3.0, 0.933_688_996_802_782), (1000.0, 1.0, 1000.0)]
    {
        let own = forward(a, b);
        assert!((own - expected).abs() < 1e-12, "silu({a}) · {b} is {expected}, not {own}");
    }
    let h = 1e-5;
    for dh in [0.7, -2.0] {
        for (a, b) in [(0.0, 1.0), (2.0, -3.0), (-4.0, 0.5), (700.0, 1.0), (-1000.0, 1.0)] {
            let (da, db) = backward(a, b, dh);
            let by_a = dh * (forward(a + h, b) - forward(a - h, b)) / (2.0 * h);
            let by_b = dh * (forward(a, b + h) - forward(a, b - h)) / (2.0 * h);
            // What central differences of numbers up to 700 are good for.
            assert!(
                (da - by_a).abs() < 1e-6,
                "a = {a}, b = {b}, dh = {dh}: da is {by_a:.6} by differences, not {da:.6}"
            );
            assert!(
                (db - by_b).abs() < 1e-6,
                "a = {a}, b = {b}, dh = {dh}: db is {by_b:.6} by differences, not {db:.6}"
            );
        }
    }
}

#[test]
fn gate() {
    judge(answer::forward, answer::backward);
}

#[test]
#[should_panic(expected = "a = 2, b = -3, dh = 0.7: da is")]
fn half_the_product_rule() {
    judge(half_the_product_rule::forward, half_the_product_rule::backward);
}

#[test]
#[should_panic(expected = "a = 0, b = 1, dh = 0.7: da is 0.350000 by differences, not 0.500000")]
fn without_dh() {
    judge(without_dh::forward, without_dh::backward);
}

#[test]
#[should_panic(expected = "silu(1000) · 1 is 1000, not NaN")]
fn overflows() {
    judge(overflows::forward, overflows::backward);
}

#[test]
#[should_panic(expected = "silu(0.5) · 3 is")]
fn sigmoid_only() {
    judge(sigmoid_only::forward, sigmoid_only::backward);
}

#[test]
#[should_panic(expected = "a = 0, b = 1, dh = 0.7: da is 0.350000 by differences, not 0.000000")]
fn exchanged() {
    judge(exchanged::forward, exchanged::backward);
}
