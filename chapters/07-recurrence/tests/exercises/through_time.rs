//! The judge of `through_time`.

#[cfg_attr(feature = "exercises", path = "../../exercises/through_time.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/through_time.rs")]
mod answer;
#[path = "../../exercises/wrong/through_time-by-w.rs"]
mod by_w;
#[path = "../../exercises/wrong/through_time-last-step-only.rs"]
mod last_step_only;
#[path = "../../exercises/wrong/through_time-once-too-few.rs"]
mod once_too_few;
#[path = "../../exercises/wrong/through_time-state-after-the-step.rs"]
mod state_after_the_step;
#[path = "../../exercises/wrong/through_time-without-the-bends.rs"]
mod without_the_bends;

fn judge(slope_by_u: fn(&[f64], f64, f64) -> f64) {
    let last = |inputs: &[f64], w: f64, u: f64| inputs.iter().fold(0.0, |h: f64, x| (w * x + u * h).tanh());
    for (w, u) in [(0.7, -0.6), (1.1, 0.9)] {
        for inputs in
            [vec![1.0], vec![0.5, 1.0], vec![1.0, 0.0, 0.0], vec![0.3, -0.8, 0.5, 0.1, 0.9], vec![]]
        {
            let slope = (last(&inputs, w, u + 1e-5) - last(&inputs, w, u - 1e-5)) / 2e-5;
            let own = slope_by_u(&inputs, w, u);
            assert!(
                (own - slope).abs() < 1e-9,
                "inputs {inputs:?}, w = {w}, u = {u}: the last h rises by {slope:.6} per unit of u, not \
                 by {own:.6}"
            );
        }
    }
}

#[test]
fn through_time() {
    judge(answer::slope_by_u);
}

#[test]
#[should_panic(expected = "inputs [1.0, 0.0, 0.0], w = 0.7, u = -0.6: the last h rises by")]
fn last_step_only() {
    judge(last_step_only::slope_by_u);
}

#[test]
#[should_panic(expected = "inputs [0.5, 1.0], w = 0.7, u = -0.6: the last h rises by")]
fn without_the_bends() {
    judge(without_the_bends::slope_by_u);
}

#[test]
#[should_panic(expected = "inputs [1.0], w = 0.7, u = -0.6: the last h rises by 0.000000 per unit of u")]
fn state_after_the_step() {
    judge(state_after_the_step::slope_by_u);
}

#[test]
#[should_panic(expected = "inputs [1.0], w = 0.7, u = -0.6: the last h rises by 0.000000 per unit of u")]
fn by_w() {
    judge(by_w::slope_by_u);
}

#[test]
#[should_panic(expected = "inputs [1.0, 0.0, 0.0], w = 0.7, u = -0.6: the last h rises by")]
fn once_too_few() {
    judge(once_too_few::slope_by_u);
}
