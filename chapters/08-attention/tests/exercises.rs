//! The judge of the exercises. `cargo x exercises attention` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/attend.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/attend.rs")]
mod attend;
#[cfg_attr(feature = "exercises", path = "../exercises/leak.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/leak.rs")]
mod leak;
#[cfg_attr(feature = "exercises", path = "../exercises/sliding_mask.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/sliding_mask.rs")]
mod sliding_mask;
#[cfg_attr(feature = "exercises", path = "../exercises/weights.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/weights.rs")]
mod weights;

#[test]
fn weights() {
    let found = weights::weights(&[2.0, 0.0], &[vec![1.0, 0.0], vec![0.0, 1.0], vec![1.0, 1.0]]);
    let power = 2_f64.sqrt().exp(); // a score of 2 / √2
    for (own, expected) in found.iter().zip([power, 1.0, power].map(|p| p / (2.0 * power + 1.0))) {
        assert!((own - expected).abs() < 1e-12, "{found:?}");
    }
    let large = weights::weights(&[1e4], &[vec![1.0], vec![0.0]]);
    assert_eq!(large, [1.0, 0.0], "large scores must not overflow");
    let small = weights::weights(&[1e4], &[vec![-1.0], vec![-1.0]]);
    assert_eq!(small, [0.5, 0.5], "nor must very negative ones divide by zero");
}

#[test]
fn sliding_mask() {
    const NO: f64 = f64::NEG_INFINITY;
    let expected = [[0.0, NO, NO, NO], [0.0, 0.0, NO, NO], [NO, 0.0, 0.0, NO], [NO, NO, 0.0, 0.0]];
    assert_eq!(sliding_mask::sliding_mask(4, 2), expected);
    assert_eq!(sliding_mask::sliding_mask(3, 10), [[0.0, NO, NO], [0.0, 0.0, NO], [0.0, 0.0, 0.0]]);
}

#[test]
fn attend() {
    use attention::{attention, causal_mask};
    use dfdx::prelude::{Const, Cpu, TensorFromVec};
    use tensors::seeds;
    let random = |seed, size: usize| -> Vec<Vec<f64>> {
        let numbers = seeds::normal(&mut seeds::generator(seed), 6 * size, 1.0);
        numbers.chunks(size).map(|row| row.iter().map(|&x| x.into()).collect()).collect()
    };
    let (q, k, v) = (random(1, 3), random(2, 3), random(3, 2));
    let dev = Cpu::default();
    let [queries, keys] = [&q, &k].map(|rows| dev.tensor_from_vec(rows.concat(), (1, 6, Const::<3>)));
    let values = dev.tensor_from_vec(v.concat(), (1, 6, Const::<2>));
    let expected = attention(queries, keys, values, Some(&causal_mask(&dev, 6))).as_vec();
    let found = attend::attend(&q, &k, &v).concat();
    for (own, expected) in found.iter().zip(&expected) {
        assert!((own - expected).abs() < 1e-12, "{own}, expected {expected}");
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn leak() {
    let mean_so_far =
        |text: &[usize]| (0..text.len()).map(|i| text[..=i].iter().sum::<usize>() as f64).collect();
    assert!(!leak::leaks(mean_so_far, &[3, 1, 2], 4));
    let next =
        |text: &[usize]| (0..text.len()).map(|i| text.get(i + 1).map_or(0.0, |&t| t as f64)).collect();
    assert!(leak::leaks(next, &[3, 1, 2], 4));
    let seldom = |text: &[usize]| text.iter().map(|_| f64::from(text[text.len() - 1] == 3)).collect();
    assert!(leak::leaks(seldom, &[3, 1, 2], 4), "it notices only one change of one token");
}
