//! The judge of `entropy`.

#[path = "../../exercises/wrong/entropy-all-added.rs"]
mod all_added;
#[cfg_attr(feature = "exercises", path = "../../exercises/entropy.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/entropy.rs")]
mod answer;
#[path = "../../exercises/wrong/entropy-ends-only.rs"]
mod ends_only;
#[path = "../../exercises/wrong/entropy-in-nats.rs"]
mod in_nats;
#[path = "../../exercises/wrong/entropy-plain-mean.rs"]
mod plain_mean;
#[path = "../../exercises/wrong/entropy-zero-times-infinity.rs"]
mod zero_times_infinity;

fn judge(entropy: fn(&[f64], &[Vec<f64>]) -> f64) {
    let check = |beginnings: &[f64], ends: &[Vec<f64>], expected: f64, why: &str| {
        let own = entropy(beginnings, ends);
        assert!(
            (own - expected).abs() < 1e-12,
            "beginnings {beginnings:?}, ends {ends:?}: {expected} bits ({why}), not {own}"
        );
    };
    check(&[0.5, 0.5], &[vec![1.0], vec![0.25; 4]], 2.0, "1 bit and half of 2 bits");
    check(
        &[0.25, 0.75],
        &[vec![0.5; 2], vec![1.0]],
        3.0 - 0.75 * 3_f64.log2() - 0.75,
        "a quarter has 1 bit more",
    );
    check(&[1.0, 0.0], &[vec![1.0, 0.0], vec![0.5, 0.5]], 0.0, "what never happens adds nothing");
    check(&[1.0], &[vec![0.5, 0.5]], 1.0, "one beginning, two ends");
}

#[test]
fn entropy() {
    judge(answer::entropy);
}

#[test]
#[should_panic(expected = "2 bits (1 bit and half of 2 bits), not 1.38")]
fn in_nats() {
    judge(in_nats::entropy);
}

#[test]
#[should_panic(expected = "(a quarter has 1 bit more), not 1.3")]
fn plain_mean() {
    judge(plain_mean::entropy);
}

#[test]
#[should_panic(expected = "(what never happens adds nothing), not NaN")]
fn zero_times_infinity() {
    judge(zero_times_infinity::entropy);
}

#[test]
#[should_panic(expected = "2 bits (1 bit and half of 2 bits), not 1")]
fn ends_only() {
    judge(ends_only::entropy);
}

#[test]
#[should_panic(expected = "2 bits (1 bit and half of 2 bits), not 3")]
fn all_added() {
    judge(all_added::entropy);
}
