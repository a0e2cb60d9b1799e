//! The judge of `negative_sampling`.

#[cfg_attr(feature = "exercises", path = "../../exercises/negative_sampling.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/negative_sampling.rs")]
mod answer;
#[path = "../../exercises/wrong/negative_sampling-centre-without-noise.rs"]
mod centre_without_noise;
#[path = "../../exercises/wrong/negative_sampling-n-by-n.rs"]
mod n_by_n;
#[path = "../../exercises/wrong/negative_sampling-other-order.rs"]
mod other_order;
#[path = "../../exercises/wrong/negative_sampling-pulls-the-noise.rs"]
mod pulls_the_noise;

type Pair = [f64; 2];

fn judge(gradients: fn(Pair, Pair, Pair) -> [Pair; 3]) {
    for vectors in [[[0.3, -0.5], [0.8, 0.1], [-0.2, 0.9]], [[-1.2, 0.4], [0.5, 2.0], [0.7, -0.3]]] {
        let loss = |[v, u, n]: [Pair; 3]| {
            let dot = |a: Pair| a[0] * v[0] + a[1] * v[1];
            (1.0 + (-dot(u)).exp()).ln() + (1.0 + dot(n).exp()).ln()
        };
        let [v, u, n] = vectors;
        let found = gradients(v, u, n);
        for (vector, name) in ["v", "u", "n"].into_iter().enumerate() {
            for i in 0..2 {
                let moved = |h: f64| {
                    let mut all = vectors;
                    all[vector][i] += h;
                    loss(all)
                };
                let (slope, own) = ((moved(1e-5) - moved(-1e-5)) / 2e-5, found[vector][i]);
                assert!(
                    (own - slope).abs() < 1e-8,
                    "v, u, n = {vectors:?}: the slope by number {i} of {name} is {slope:.6}, not {own:.6}"
                );
            }
        }
    }
}

#[test]
fn negative_sampling() {
    judge(answer::gradients);
}

#[test]
#[should_panic(expected = "the slope by number 0 of v is")]
fn pulls_the_noise() {
    judge(pulls_the_noise::gradients);
}

#[test]
#[should_panic(expected = "the slope by number 0 of v is")]
fn centre_without_noise() {
    judge(centre_without_noise::gradients);
}

#[test]
#[should_panic(expected = "the slope by number 0 of v is")]
fn other_order() {
    judge(other_order::gradients);
}

#[test]
#[should_panic(expected = "the slope by number 0 of n is")]
fn n_by_n() {
    judge(n_by_n::gradients);
}
