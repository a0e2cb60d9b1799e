//! The judge of `smoothing`.

#[cfg_attr(feature = "exercises", path = "../../exercises/smoothing.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/smoothing.rs")]
mod answer;
#[path = "../../exercises/wrong/smoothing-logarithm-of-the-mean.rs"]
mod logarithm_of_the_mean;
#[path = "../../exercises/wrong/smoothing-not-smoothed.rs"]
mod not_smoothed;
#[path = "../../exercises/wrong/smoothing-other-classes-only.rs"]
mod other_classes_only;
#[path = "../../exercises/wrong/smoothing-sum-of-all.rs"]
mod sum_of_all;
#[path = "../../exercises/wrong/smoothing-three-classes.rs"]
mod three_classes;

fn judge(smoothed: fn(&[f64], usize, f64) -> f64) {
    let check = |p: &[f64], target: usize, epsilon: f64, expected: f64, why: &str| {
        let own = smoothed(p, target, epsilon);
        assert!(
            (own - expected).abs() < 1e-12,
            "p = {p:?}, target {target}, ε = {epsilon}: {expected:.6} nats ({why}), not {own:.6}"
        );
    };
    let (two, four, eight) = (2_f64.ln(), 4_f64.ln(), 8_f64.ln());
    let p = [0.5, 0.25, 0.25];
    check(&p, 0, 0.0, two, "without smoothing −ln p of the target");
    check(&p, 0, 0.1, 0.9 * two + 0.1 * (two + 2.0 * four) / 3.0, "a tenth is the mean over all three");
    check(
        &p,
        2,
        0.3,
        0.7 * four + 0.3 * (two + 2.0 * four) / 3.0,
        "three tenths are the mean over all three",
    );
    let p = [0.125, 0.5, 0.25, 0.125];
    check(&p, 1, 1.0, (two + four + 2.0 * eight) / 4.0, "the mean over all four");
}

#[test]
fn smoothing() {
    judge(answer::smoothed);
}

#[test]
#[should_panic(expected = "a tenth is the mean over all three")]
fn not_smoothed() {
    judge(not_smoothed::smoothed);
}

#[test]
#[should_panic(expected = "a tenth is the mean over all three")]
fn sum_of_all() {
    judge(sum_of_all::smoothed);
}

#[test]
#[should_panic(expected = "a tenth is the mean over all three")]
fn other_classes_only() {
    judge(other_classes_only::smoothed);
}

#[test]
#[should_panic(expected = "a tenth is the mean over all three")]
fn logarithm_of_the_mean() {
    judge(logarithm_of_the_mean::smoothed);
}

#[test]
#[should_panic(expected = "the mean over all four")]
fn three_classes() {
    judge(three_classes::smoothed);
}
