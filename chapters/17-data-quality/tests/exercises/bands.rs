//! The judge of `bands`.

#[path = "../../exercises/wrong/bands-all-functions.rs"]
mod all_functions;
#[cfg_attr(feature = "exercises", path = "../../exercises/bands.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/bands.rs")]
pub(super) mod answer;
#[path = "../../exercises/wrong/bands-ignores-far.rs"]
mod ignores_far;
#[path = "../../exercises/wrong/bands-last-of-equals.rs"]
mod last_of_equals;
#[path = "../../exercises/wrong/bands-never-none.rs"]
mod never_none;
#[path = "../../exercises/wrong/bands-rows-and-bands-swapped.rs"]
mod rows_and_bands_swapped;

type Bands = fn(usize, f64, f64, f64) -> Option<(usize, usize)>;

fn judge(bands: Bands) {
    for (functions, near, recall, far, expected) in [
        (112, 0.8, 0.92, 0.5, Some((14, 8))),
        (100, 0.75, 0.9, 0.3, Some((12, 6))),
        (64, 0.9, 0.99, 0.6, Some((8, 7))),
        (12, 0.9, 0.95, 0.0, Some((2, 1))),
        (112, 0.9, 0.5, 0.2, Some((5, 19))),
        (1, 0.5, 0.5, 0.1, Some((1, 1))),
        (4, 0.5, 0.99, 0.1, None),
    ] {
        let own = bands(functions, near, recall, far);
        assert!(
            own == expected,
            "{functions} functions, {near} to be found in {recall} of all cases, {far} rarely: \
             {expected:?} (bands, rows) is expected, {own:?} came"
        );
    }
}

#[test]
fn bands() {
    judge(answer::bands);
}

#[test]
#[should_panic(
    expected = "100 functions, 0.75 to be found in 0.9 of all cases, 0.3 rarely: Some((12, 6)) (bands, rows) is expected, Some((16, 6)) came"
)]
fn all_functions() {
    judge(all_functions::bands);
}

#[test]
#[should_panic(expected = "Some((14, 8)) (bands, rows) is expected, Some((8, 14)) came")]
fn rows_and_bands_swapped() {
    judge(rows_and_bands_swapped::bands);
}

#[test]
#[should_panic(expected = "Some((14, 8)) (bands, rows) is expected, Some((112, 1)) came")]
fn ignores_far() {
    judge(ignores_far::bands);
}

#[test]
#[should_panic(expected = "None (bands, rows) is expected, Some((4, 1)) came")]
fn never_none() {
    judge(never_none::bands);
}

#[test]
#[should_panic(expected = "Some((2, 1)) (bands, rows) is expected, Some((3, 4)) came")]
fn last_of_equals() {
    judge(last_of_equals::bands);
}
