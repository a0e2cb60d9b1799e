//! The judge of `glove`.

#[cfg_attr(feature = "exercises", path = "../../exercises/glove.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/glove.rs")]
mod answer;
#[path = "../../exercises/wrong/glove-full-of-sixteen.rs"]
mod full_of_sixteen;
#[path = "../../exercises/wrong/glove-logarithm-of-nothing.rs"]
mod logarithm_of_nothing;
#[path = "../../exercises/wrong/glove-not-squared.rs"]
mod not_squared;
#[path = "../../exercises/wrong/glove-one-bias.rs"]
mod one_bias;
#[path = "../../exercises/wrong/glove-without-the-cap.rs"]
mod without_the_cap;
#[path = "../../exercises/wrong/glove-without-the-power.rs"]
mod without_the_power;

type Loss = fn(&[f64], &[f64], f64, f64, f64, f64) -> f64;

fn judge(loss: Loss) {
    let close = |own: f64, expected: f64, why: &str| {
        assert!((own - expected).abs() < 1e-12, "{why}: {expected} is expected, {own} came");
    };
    let own = loss(&[1.0, 2.0], &[0.5, 0.25], 0.25, 0.75, 2_f64.exp(), 1.0);
    close(own, 0.0, "1 + ¼ + ¾ is ln e², so nothing is lost");
    let own = loss(&[1.0], &[2.0], 0.0, 0.0, 1.0, 16.0);
    close(
        own,
        0.125 * 4.0,
        "a count of 1 below full = 16 weighs (1/16)^¾ = ⅛, and the error is 2 − ln 1 = 2",
    );
    let own = loss(&[1.0], &[2.0], 0.0, 0.0, 1.0, 81.0);
    close(own, 4.0 / 27.0, "a count of 1 below full = 81 weighs 1/27, and the error is 2");
    let own = loss(&[0.0], &[1.0], 1.0, 0.5, 2_f64.exp(), 4.0);
    close(own, 0.25, "a count of e² above full = 4 weighs 1, and the error is 1 + ½ − 2");
    let own = loss(&[1.0], &[2.0], 0.0, 0.0, 0.0, 16.0);
    close(own, 0.0, "a pair that was never seen has no share");
}

#[test]
fn glove() {
    judge(answer::loss);
}

#[test]
#[should_panic(expected = "a count of e² above full = 4 weighs 1")]
fn without_the_cap() {
    judge(without_the_cap::loss);
}

#[test]
#[should_panic(expected = "a count of 1 below full = 16 weighs (1/16)^¾ = ⅛")]
fn without_the_power() {
    judge(without_the_power::loss);
}

#[test]
#[should_panic(expected = "a pair that was never seen has no share: 0 is expected, NaN came")]
fn logarithm_of_nothing() {
    judge(logarithm_of_nothing::loss);
}

#[test]
#[should_panic(expected = "1 + ¼ + ¾ is ln e², so nothing is lost")]
fn one_bias() {
    judge(one_bias::loss);
}

#[test]
#[should_panic(expected = "a count of 1 below full = 81 weighs 1/27")]
fn full_of_sixteen() {
    judge(full_of_sixteen::loss);
}

#[test]
#[should_panic(expected = "and the error is 2 − ln 1 = 2: 0.5 is expected, 0.25 came")]
fn not_squared() {
    judge(not_squared::loss);
}
