//! The judge of the exercises. `cargo x exercises multi-head` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/cache.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/cache.rs")]
mod cache;
#[cfg_attr(feature = "exercises", path = "../exercises/parameters.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/parameters.rs")]
mod parameters;
#[cfg_attr(feature = "exercises", path = "../exercises/place.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/place.rs")]
mod place;
#[cfg_attr(feature = "exercises", path = "../exercises/two_from_one.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/two_from_one.rs")]
mod two_from_one;

#[test]
fn place() {
    use dfdx::prelude::{Const, Cpu, TensorFromVec};
    // Each number is its own place in memory, so the split tensor tells where its numbers came
    // from.
    let x = Cpu::default().tensor_from_vec((0..60).map(|i| i as f32).collect(), (2, 5, Const::<6>));
    let split = multi_head::split_heads::<6, 3, 2, f32, Cpu, _>(x).as_vec();
    for (sequence, head, position, i) in (0..60).map(|n| (n / 30, n / 10 % 3, n / 2 % 5, n % 2)) {
        let expected = split[((sequence * 3 + head) * 5 + position) * 2 + i] as usize;
        let own = place::place(sequence, position, head, i, (5, 3, 2));
        assert_eq!(own, expected, "sequence {sequence}, position {position}, head {head}, number {i}");
    }
}

#[test]
fn parameters() {
    use dfdx::prelude::{BuildModule, Cpu, NumParams};
    let full = multi_head::MultiHeadAttention::<8, 4, 2, f32, Cpu>::build(&Cpu::default());
    assert_eq!(parameters::parameters(8, 4, 4), full.num_trainable_params());
    let grouped = multi_head::GroupedQueryAttention::<8, 4, 2, 2, 4, f32, Cpu>::build(&Cpu::default());
    assert_eq!(parameters::parameters(8, 4, 2), grouped.num_trainable_params());
}

#[test]
fn cache() {
    assert_eq!(cache::tokens_that_fit(1_000_000_000, 12, 12, 64), 27_126);
    assert_eq!(cache::tokens_that_fit(1_000_000_000, 12, 1, 64), 325_520);
}

#[test]
fn two_from_one() {
    assert_eq!(two_from_one::errors(1.0), (0.0, 1.0), "all of a, nothing of b");
    let (a, b) = two_from_one::errors(0.5);
    assert!((a - 0.5).abs() < 1e-12 && (b - 0.5).abs() < 1e-12, "{a} {b}");
    for w in [0.1, 0.3, 0.7, 0.9] {
        let (a, b) = two_from_one::errors(w);
        assert!((a + b - 1.0).abs() < 1e-12, "together they are always 1: {a} + {b}");
        assert!((a - (1.0 - w * w / (w * w + (1.0 - w) * (1.0 - w)))).abs() < 1e-12);
    }
}
