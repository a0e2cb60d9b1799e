//! Forgets the slopes of tanh.

pub fn slope_by_u(inputs: &[f64], w: f64, u: f64) -> f64 {
    let mut states = vec![0.0];
    for x in inputs {
        let h: f64 = states[states.len() - 1];
        states.push((w * x + u * h).tanh());
    }
    let (mut slope, mut by_state) = (0.0, 1.0);
    for pair in states.windows(2).rev() {
        slope += by_state * pair[0];
        by_state *= u;
    }
    slope
}
