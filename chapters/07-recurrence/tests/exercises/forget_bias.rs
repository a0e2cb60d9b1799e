//! The judge of `forget_bias`.

#[cfg_attr(feature = "exercises", path = "../../exercises/forget_bias.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/forget_bias.rs")]
mod answer;
#[path = "../../exercises/wrong/forget_bias-for-small-losses.rs"]
mod for_small_losses;
#[path = "../../exercises/wrong/forget_bias-other-sign.rs"]
mod other_sign;
#[path = "../../exercises/wrong/forget_bias-shared-out.rs"]
mod shared_out;
#[path = "../../exercises/wrong/forget_bias-the-gate-itself.rs"]
mod the_gate_itself;
#[path = "../../exercises/wrong/forget_bias-without-the-root.rs"]
mod without_the_root;

fn judge(bias_for: fn(f64, u32) -> f64) {
    let own = bias_for(0.5, 1);
    assert!(own.abs() < 1e-12, "half is left after a step where the gate is ½ and its bias 0, not {own}");
    for (share, steps) in [(0.1, 100), (0.9, 7), (0.01, 2), (0.5, 1000)] {
        let bias = bias_for(share, steps);
        let gate = 1.0 / (1.0 + (-bias).exp());
        let left = gate.powi(steps as i32);
        assert!(
            (left - share).abs() < 1e-9,
            "with the bias {bias:.4} the gate is {gate:.4}, which leaves {left:.4} after {steps} steps, \
             not {share}"
        );
    }
}

#[test]
fn forget_bias() {
    judge(answer::bias_for);
}

#[test]
#[should_panic(expected = "which leaves 0.0000 after 100 steps, not 0.1")]
fn without_the_root() {
    judge(without_the_root::bias_for);
}

#[test]
#[should_panic(expected = "which leaves 0.0000 after 100 steps, not 0.1")]
fn shared_out() {
    judge(shared_out::bias_for);
}

#[test]
#[should_panic(expected = "after 100 steps, not 0.1")]
fn other_sign() {
    judge(other_sign::bias_for);
}

#[test]
#[should_panic(expected = "after 100 steps, not 0.1")]
fn for_small_losses() {
    judge(for_small_losses::bias_for);
}

#[test]
#[should_panic(expected = "where the gate is ½ and its bias 0, not 0.5")]
fn the_gate_itself() {
    judge(the_gate_itself::bias_for);
}
