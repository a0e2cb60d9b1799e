//! The judge of the exercises. `cargo x exercises recurrence` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/forget_bias.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/forget_bias.rs")]
mod forget_bias;
#[cfg_attr(feature = "exercises", path = "../exercises/lstm_step.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/lstm_step.rs")]
mod lstm_step;
#[cfg_attr(feature = "exercises", path = "../exercises/through_time.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/through_time.rs")]
mod through_time;
#[cfg_attr(feature = "exercises", path = "../exercises/unroll.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/unroll.rs")]
mod unroll;

#[test]
fn unroll() {
    assert!(unroll::unroll(&[], 1.0, 1.0, 1.0).is_empty());
    let found = unroll::unroll(&[1.0, 0.0, -0.5], 0.8, 0.5, 0.1);
    let h1 = 0.9_f64.tanh();
    let h2 = (0.5 * h1 + 0.1).tanh();
    let h3 = (-0.4 + 0.5 * h2 + 0.1).tanh();
    for (own, expected) in found.iter().zip([h1, h2, h3]) {
        assert!((own - expected).abs() < 1e-12, "{found:?}");
    }
    assert_eq!(found.len(), 3);
}

#[test]
fn through_time() {
    let last = |inputs: &[f64], w: f64, u: f64| inputs.iter().fold(0.0, |h: f64, x| (w * x + u * h).tanh());
    for inputs in [vec![1.0], vec![1.0, 0.0, 0.0], vec![0.3, -0.8, 0.5, 0.1, 0.9]] {
        let (w, u) = (0.7, -0.6);
        let slope = (last(&inputs, w, u + 1e-5) - last(&inputs, w, u - 1e-5)) / 2e-5;
        let own = through_time::slope_by_u(&inputs, w, u);
        assert!((own - slope).abs() < 1e-9, "{inputs:?}: {own}, but h rises by {slope}");
    }
}

#[test]
fn lstm_step() {
    let (h, c) = lstm_step::step([0.0; 4], 1.0);
    assert!((c - 0.5).abs() < 1e-12, "half is kept, and half of nothing is written: {c}");
    assert!((h - 0.5 * 0.5_f64.tanh()).abs() < 1e-12, "{h}");
    let (_, c) = lstm_step::step([50.0, -50.0, -50.0, 0.0], 3.0);
    assert!((c + 1.0).abs() < 1e-12, "all forgotten, −1 written: {c}");
}

#[test]
fn forget_bias() {
    assert!(forget_bias::bias_for(0.5, 1).abs() < 1e-12, "a gate of one half has the bias 0");
    let bias = forget_bias::bias_for(0.1, 100);
    let gate = 1.0 / (1.0 + (-bias).exp());
    assert!((gate.powi(100) - 0.1).abs() < 1e-9, "{bias}");
}
