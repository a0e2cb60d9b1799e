//! The judge of the exercises. `cargo x exercises generation` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/cache_size.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/cache_size.rs")]
mod cache_size;
#[cfg_attr(feature = "exercises", path = "../exercises/hold_back.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/hold_back.rs")]
mod hold_back;
#[cfg_attr(feature = "exercises", path = "../exercises/nucleus.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/nucleus.rs")]
mod nucleus;
#[cfg_attr(feature = "exercises", path = "../exercises/temperature.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/temperature.rs")]
mod temperature;

#[test]
fn temperature() {
    let close = |ours: Vec<f64>, expected: &[f64]| {
        assert!(
            ours.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12),
            "{ours:?}, expected {expected:?}"
        );
    };
    let scores = [8_f64.ln(), 4_f64.ln(), 2_f64.ln(), 2_f64.ln()];
    close(temperature::probabilities(&scores, 1.0), &[0.5, 0.25, 0.125, 0.125]);
    close(temperature::probabilities(&scores, 0.5), &[64.0 / 88.0, 16.0 / 88.0, 4.0 / 88.0, 4.0 / 88.0]);
    close(temperature::probabilities(&[1.0, 3.0, 3.0], 0.0), &[0.0, 1.0, 0.0]);
    close(temperature::probabilities(&[1000.0, 1000.0], 0.1), &[0.5, 0.5]);
}

#[test]
fn nucleus() {
    let p = [0.125, 0.5, 0.125, 0.25];
    assert_eq!(nucleus::nucleus(&p, 0.7), [1, 3]);
    assert_eq!(nucleus::nucleus(&p, 0.8), [1, 3, 0]);
    assert_eq!(nucleus::nucleus(&p, 0.1), [1], "one token is always kept");
    assert_eq!(nucleus::nucleus(&p, 1.0), [1, 3, 0, 2]);
}

#[test]
fn cache_size() {
    // GPT-2 at its full context.
    assert_eq!(cache_size::bytes(12, 768, 1024), 75_497_472);
    assert_eq!(cache_size::saved(12, 768, 1023), 12 * 768 * 768 * 12 * 1023);
}

#[test]
fn hold_back() {
    assert_eq!(hold_back::shown("The end. Once", "\n\n"), 13);
    assert_eq!(hold_back::shown("The end.\n", "\n\n"), 8, "the newline may become a stop string");
    assert_eq!(hold_back::shown("The end.\n\nOnce", "\n\n"), 8);
    assert_eq!(hold_back::shown("aab", "aabb"), 0);
    assert_eq!(hold_back::shown("猫aa", "aab"), 3);
}
