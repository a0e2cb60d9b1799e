//! The judge of `roofline`.

#[cfg_attr(feature = "exercises", path = "../../exercises/roofline.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/roofline.rs")]
mod answer;
#[path = "../../exercises/wrong/roofline-arithmetic-only.rs"]
mod arithmetic_only;
#[path = "../../exercises/wrong/roofline-multiplications-only.rs"]
mod multiplications_only;
#[path = "../../exercises/wrong/roofline-one-after-the-other.rs"]
mod one_after_the_other;
#[path = "../../exercises/wrong/roofline-without-x.rs"]
mod without_x;
#[path = "../../exercises/wrong/roofline-without-y.rs"]
mod without_y;

fn judge(seconds: fn(usize, usize, usize, f64, f64) -> f64) {
    for (rows, inputs, outputs, gflops, gbs, operations, numbers) in [
        // Many rows are bound by arithmetic, one row by W, and wide or narrow layers by x or y.
        (384, 128, 512, 100.0, 10.0, 50_331_648.0, 311_296.0),
        (1, 128, 512, 100.0, 10.0, 131_072.0, 66_176.0),
        (1000, 64, 1, 1000.0, 10.0, 128_000.0, 65_064.0),
        (1000, 1, 64, 1000.0, 20.0, 128_000.0, 65_064.0),
        (384, 128, 512, 50.0, 10.0, 50_331_648.0, 311_296.0),
    ] {
        let (arithmetic, traffic) = (operations / (gflops * 1e9), 4.0 * numbers / (gbs * 1e9));
        let (own, expected) = (seconds(rows, inputs, outputs, gflops, gbs), f64::max(arithmetic, traffic));
        assert!(
            (own / expected - 1.0).abs() < 1e-9,
            "{rows} rows, {inputs} to {outputs}: {operations} operations take {arithmetic:.3e} s, \
             {numbers} numbers {traffic:.3e} s; {expected:.4e} s is expected, {own:.4e} s came"
        );
    }
}

#[test]
fn roofline() {
    judge(answer::seconds);
}

#[test]
#[should_panic(expected = "1 rows, 128 to 512: 131072 operations take")]
fn without_x() {
    judge(without_x::seconds);
}

#[test]
#[should_panic(expected = "1 rows, 128 to 512: 131072 operations take")]
fn without_y() {
    judge(without_y::seconds);
}

#[test]
#[should_panic(expected = "384 rows, 128 to 512: 50331648 operations take")]
fn one_after_the_other() {
    judge(one_after_the_other::seconds);
}

#[test]
#[should_panic(expected = "384 rows, 128 to 512: 50331648 operations take")]
fn multiplications_only() {
    judge(multiplications_only::seconds);
}

#[test]
#[should_panic(expected = "1 rows, 128 to 512: 131072 operations take")]
fn arithmetic_only() {
    judge(arithmetic_only::seconds);
}
