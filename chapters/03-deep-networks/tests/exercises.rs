//! The judge of the exercises. `cargo x exercises deep-networks` runs it on `exercises/`;
//! `cargo test` runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/dropout.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/dropout.rs")]
mod dropout;
#[cfg_attr(feature = "exercises", path = "../exercises/early_stopping.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/early_stopping.rs")]
mod early_stopping;
#[cfg_attr(feature = "exercises", path = "../exercises/momentum.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/momentum.rs")]
mod momentum;
#[cfg_attr(feature = "exercises", path = "../exercises/xavier.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/xavier.rs")]
mod xavier;

use deep_networks::{Parameter, Rule};
use tensors::seeds;

#[test]
fn momentum() {
    let (mut theta, mut m) = (vec![1.0, -2.0], vec![0.0, 0.0]);
    let (mut expected, mut memory) = (theta.clone(), [vec![0.0; 2], vec![0.0; 2]]);
    for step in 1..=10 {
        let g = [theta[0] * 2.0, theta[1] + 1.0];
        momentum::momentum(&mut theta, &mut m, &g, 0.1, 0.9);
        let [first, second] = &mut memory;
        let parameter =
            Parameter { theta: &mut expected, memory: [first, second], gradient: &g, is_matrix: false };
        Rule::Momentum { beta: 0.9 }.update(step, 0.1, parameter);
        for (ours, expected) in theta.iter().zip(&expected) {
            assert!((ours - expected).abs() < 1e-12, "step {step}: {ours} should be {expected}");
        }
    }
}

#[test]
fn xavier() {
    const WIDTH: usize = 200;
    let deviation = xavier::deviation(WIDTH) as f32;
    let mut rng = seeds::generator(1);
    let mut x = seeds::normal(&mut rng, WIDTH, 0.01);
    for _ in 0..20 {
        let weights = seeds::normal(&mut rng, WIDTH * WIDTH, deviation);
        let unit = |row: &[f32]| row.iter().zip(&x).map(|(w, x)| w * x).sum::<f32>().tanh();
        x = weights.chunks_exact(WIDTH).map(unit).collect();
    }
    let size = (x.iter().map(|x| x * x).sum::<f32>() / WIDTH as f32).sqrt() / 0.01;
    // Each layer multiplies the mean square by 1 ± √(2/200): twenty of them by e^±0.45 at one
    // standard deviation.
    assert!((0.35..2.8).contains(&size), "after twenty layers a signal of size 1 has the size {size}");
}

#[test]
fn early_stopping() {
    use early_stopping::early_stopping;
    assert_eq!(early_stopping(&[3.0, 2.0, 1.0, 1.5, 1.2, 0.5], 2), (2, 4));
    assert_eq!(early_stopping(&[3.0, 2.0, 1.0, 1.5, 1.2, 0.5], 3), (5, 5));
    assert_eq!(early_stopping(&[1.0, 1.0, 1.0], 1), (0, 1));
}

#[test]
fn dropout() {
    let dropped = dropout::dropout(&[1.0, 2.0, 3.0, 4.0], &[true, false, true, true], 0.25);
    for (ours, expected) in dropped.iter().zip([4.0 / 3.0, 0.0, 4.0, 16.0 / 3.0]) {
        assert!((ours - expected).abs() < 1e-12, "{dropped:?}");
    }
    assert_eq!(dropped.len(), 4);
}
