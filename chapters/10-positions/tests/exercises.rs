//! The judge of the exercises. `cargo x exercises positions` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/encoding.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/encoding.rs")]
mod encoding;
#[cfg_attr(feature = "exercises", path = "../exercises/reach.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/reach.rs")]
mod reach;
#[cfg_attr(feature = "exercises", path = "../exercises/rotate.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/rotate.rs")]
mod rotate;
#[cfg_attr(feature = "exercises", path = "../exercises/shift.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/shift.rs")]
mod shift;

use positions::sinusoidal;

fn assert_near(own: &[f64], expected: &[f64]) {
    assert_eq!(own.len(), expected.len());
    for (a, b) in own.iter().zip(expected) {
        assert!((a - b).abs() < 1e-9, "{own:?}, expected {expected:?}");
    }
}

#[test]
fn encoding() {
    for position in [0, 1, 7, 1000] {
        let own: Vec<f64> = (0..6).map(|n| encoding::encoding(position, n, 6)).collect();
        assert_near(&own, &sinusoidal::encoding(position, 6));
    }
}

#[test]
fn shift() {
    for (position, by) in [(0, 0), (3, 1), (100, 37)] {
        assert_near(
            &shift::shift(&sinusoidal::encoding(position, 8), by),
            &sinusoidal::encoding(position + by, 8),
        );
    }
}

#[test]
fn rotate() {
    use dfdx::prelude::{Const, Cpu, TensorFromVec};
    let query = [0.3, -1.2, 0.8, 0.5];
    let all = Cpu::default().tensor_from_vec(query.repeat(6), (1, 6, Const::<4>));
    for (position, expected) in positions::rotate(all).as_vec().chunks(4).enumerate() {
        assert_near(&rotate::rotate(&query, position), expected);
    }
}

#[test]
fn reach() {
    for (slope, share) in [(0.5, 100.0), (1.0 / 256.0, 2.0), (0.25, 10.0)] {
        let distance = reach::reach(slope, share);
        let weight = |distance: usize| (-slope * distance as f64).exp();
        assert!(weight(distance) < 1.0 / share, "{distance} is too near for slope {slope}");
        assert!(weight(distance - 1) >= 1.0 / share, "{distance} is not the first for slope {slope}");
    }
}
