//! The judge of `momentum`.

#[cfg_attr(feature = "exercises", path = "../../exercises/momentum.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/momentum.rs")]
mod answer;
#[path = "../../exercises/wrong/momentum-damped.rs"]
mod damped;
#[path = "../../exercises/wrong/momentum-forgets.rs"]
mod forgets;
#[path = "../../exercises/wrong/momentum-old-speed.rs"]
mod old_speed;
#[path = "../../exercises/wrong/momentum-rate-inside.rs"]
mod rate_inside;
#[path = "../../exercises/wrong/momentum-two-only.rs"]
mod two_only;

use crate::same::same;
use deep_networks::{Parameter, Rule};

type Step = fn(&mut [f64], &mut [f64], &[f64], f64, f64);

fn judge(momentum: Step) {
    for (start, beta) in [(vec![1.0, -2.0], 0.9), (vec![0.5, 3.0, -1.0], 0.5)] {
        let (mut theta, mut m) = (start.clone(), vec![0.0; start.len()]);
        let (mut expected, mut memory) = (start.clone(), [vec![0.0; start.len()], vec![0.0; start.len()]]);
        for step in 1..=10 {
            // The rate falls: what m holds must not depend on it.
            let (g, lr) = (theta.iter().map(|x| x * 2.0 + 1.0).collect::<Vec<_>>(), 0.1 / step as f64);
            momentum(&mut theta, &mut m, &g, lr, beta);
            let [first, second] = &mut memory;
            let parameter =
                Parameter { theta: &mut expected, memory: [first, second], gradient: &g, is_matrix: false };
            Rule::Momentum { beta }.update(step, lr, parameter);
            same(&format!("β = {beta}, m after step {step}"), &m, &memory[0], 1e-12);
            same(&format!("β = {beta}, θ after step {step}"), &theta, &expected, 1e-12);
        }
    }
}

#[test]
fn momentum() {
    judge(answer::momentum);
}

#[test]
#[should_panic(expected = "β = 0.9, θ after step 1: number 0 is 1, expected 0.7")]
fn old_speed() {
    judge(old_speed::momentum);
}

#[test]
#[should_panic(expected = "β = 0.9, m after step 1: number 0 is 0.29")]
fn damped() {
    judge(damped::momentum);
}

#[test]
#[should_panic(expected = "β = 0.9, m after step 1: number 0 is 0.3")]
fn rate_inside() {
    judge(rate_inside::momentum);
}

#[test]
#[should_panic(expected = "β = 0.9, m after step 1: number 0 is 0, expected 3")]
fn forgets() {
    judge(forgets::momentum);
}

#[test]
#[should_panic(expected = "β = 0.5, m after step 1: number 2 is 0")]
fn two_only() {
    judge(two_only::momentum);
}
