//! The judge of `residual`.

#[path = "../../exercises/wrong/residual-added-up.rs"]
mod added_up;
#[cfg_attr(feature = "exercises", path = "../../exercises/residual.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/residual.rs")]
mod answer;
#[path = "../../exercises/wrong/residual-exchanged.rs"]
mod exchanged;
#[path = "../../exercises/wrong/residual-one-layer.rs"]
mod one_layer;
#[path = "../../exercises/wrong/residual-one-residual.rs"]
mod one_residual;

fn judge(slopes: fn(f64, i32) -> (f64, f64)) {
    for (slope, layers) in [(0.0, 100), (0.5, 10), (0.5, 1), (-0.5, 3), (0.2, 2)] {
        let (mut without, mut with) = (1.0, 1.0);
        for _ in 0..layers {
            without *= slope;
            with += slope * with;
        }
        let (own_without, own_with) = slopes(slope, layers);
        let near = |own: f64, expected: f64| (own - expected).abs() <= 1e-12 * expected.abs();
        assert!(
            near(own_without, without),
            "{layers} layers of slope {slope}: without residuals the output rises by {without}, not \
             {own_without}"
        );
        assert!(
            near(own_with, with),
            "{layers} layers of slope {slope}: with residuals the output rises by {with}, not {own_with}"
        );
    }
}

#[test]
fn residual() {
    judge(answer::slopes);
}

#[test]
#[should_panic(expected = "10 layers of slope 0.5: with residuals the output rises by")]
fn one_residual() {
    judge(one_residual::slopes);
}

#[test]
#[should_panic(expected = "10 layers of slope 0.5: with residuals the output rises by")]
fn added_up() {
    judge(added_up::slopes);
}

#[test]
#[should_panic(expected = "100 layers of slope 0: without residuals the output rises by 0, not 1")]
fn exchanged() {
    judge(exchanged::slopes);
}

#[test]
#[should_panic(expected = "10 layers of slope 0.5: without residuals the output rises by")]
fn one_layer() {
    judge(one_layer::slopes);
}
