//! The judge of `two_from_one`.

#[path = "../../exercises/wrong/two_from_one-alpha-is-w.rs"]
mod alpha_is_w;
#[path = "../../exercises/wrong/two_from_one-always-half.rs"]
mod always_half;
#[cfg_attr(feature = "exercises", path = "../../exercises/two_from_one.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/two_from_one.rs")]
mod answer;
#[path = "../../exercises/wrong/two_from_one-exchanged.rs"]
mod exchanged;
#[path = "../../exercises/wrong/two_from_one-guesses-s.rs"]
mod guesses_s;
#[path = "../../exercises/wrong/two_from_one-not-squared.rs"]
mod not_squared;

fn judge(errors: fn(f64) -> (f64, f64)) {
    let holds = |w: f64, what: &str, own: f64, expected: f64| {
        assert!((own - expected).abs() < 1e-9, "w = {w}: {what} is {expected:.6}, not {own:.6}");
    };
    let (a, b) = errors(1.0);
    holds(1.0, "s is a, so the error of a", a, 0.0);
    holds(1.0, "s is a and says nothing of b, so the error of b", b, 1.0);
    for w in [0.5, 0.1, 0.3, 0.7, 0.9] {
        // The smallest of many: the mean of (a − α s)² by what is known of a², a s and s².
        let smallest = |with: f64| {
            let square = w * w + (1.0 - w) * (1.0 - w);
            let error = |alpha: f64| 1.0 - 2.0 * alpha * with + alpha * alpha * square;
            (0..=2_000_000).map(|i| error(f64::from(i) / 1e6)).fold(f64::INFINITY, f64::min)
        };
        let (a, b) = errors(w);
        holds(w, "the error of a with the best α of many", a, smallest(w));
        holds(w, "the error of b with the best β of many", b, smallest(1.0 - w));
    }
}

#[test]
fn two_from_one() {
    judge(answer::errors);
}

#[test]
#[should_panic(expected = "w = 0.1: the error of a with the best α of many is")]
fn not_squared() {
    judge(not_squared::errors);
}

#[test]
#[should_panic(expected = "w = 1: s is a, so the error of a is 0.000000, not 1.000000")]
fn exchanged() {
    judge(exchanged::errors);
}

#[test]
#[should_panic(
    expected = "w = 1: s is a and says nothing of b, so the error of b is 1.000000, not 2.000000"
)]
fn guesses_s() {
    judge(guesses_s::errors);
}

#[test]
#[should_panic(expected = "w = 0.5: the error of a with the best α of many is 0.500000, not 0.625000")]
fn alpha_is_w() {
    judge(alpha_is_w::errors);
}

#[test]
#[should_panic(expected = "w = 1: s is a, so the error of a is 0.000000, not 0.500000")]
fn always_half() {
    judge(always_half::errors);
}
