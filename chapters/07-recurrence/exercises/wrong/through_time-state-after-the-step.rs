//! Multiplies by the h after the step, not before it.

pub fn slope_by_u(inputs: &[f64], w: f64, u: f64) -> f64 {
    let mut states = vec![0.0];
    for x in inputs {
        let h: f64 = states[states.len() - 1];
        states.push((w * x + u * h).tanh());
    }
    let (mut slope, mut by_state) = (0.0, 1.0);
    for h in states[1..].iter().rev() {
        let by_sum = by_state * (1.0 - h * h);
        slope += by_sum * h;
        by_state = by_sum * u;
    }
    slope
}
