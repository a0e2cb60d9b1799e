//! The judge of the exercises. `cargo x exercises mini-gpt` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/bits.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/bits.rs")]
mod bits;
#[cfg_attr(feature = "exercises", path = "../exercises/count.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/count.rs")]
mod count;
#[cfg_attr(feature = "exercises", path = "../exercises/parts.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/parts.rs")]
mod parts;
#[cfg_attr(feature = "exercises", path = "../exercises/windows.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/windows.rs")]
mod windows;

#[test]
fn windows() {
    let tokens = [5, 6, 7, 8, 9];
    assert_eq!(windows::window(&tokens, 1, 3), Some((vec![6, 7, 8], vec![7, 8, 9])));
    assert_eq!(windows::window(&tokens, 2, 3), None, "the last input has no target");
    assert_eq!(windows::window(&tokens, 9, 1), None);
}

#[test]
fn count() {
    assert_eq!(count::parameters(256, 64, 32, 2), 35_712, "tiny");
    assert_eq!(count::parameters(50_257, 1024, 768, 12), 124_439_808, "GPT-2");
}

#[test]
fn bits() {
    let ln_2 = std::f64::consts::LN_2;
    assert!((bits::bits_per_character(ln_2, 100, 100) - 1.0).abs() < 1e-12);
    // Tokens of four characters: a loss of four bits each is one bit a character.
    assert!((bits::bits_per_character(4.0 * ln_2, 25, 100) - 1.0).abs() < 1e-12);
}

#[test]
fn parts() {
    let gradients = [vec![3.0, 0.0], vec![0.0, 12.0]];
    let close = |ours: Vec<f64>, expected: [f64; 2]| {
        assert!(
            ours.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12),
            "{ours:?}, expected {expected:?}"
        );
    };
    close(parts::gradient(&gradients, &[2, 1], 100.0), [2.0, 4.0]);
    close(parts::gradient(&gradients, &[1, 2], 100.0), [1.0, 8.0]);
    close(parts::gradient(&gradients, &[2, 2], 1.0), [1.5 / 38.25_f64.sqrt(), 6.0 / 38.25_f64.sqrt()]);
}
