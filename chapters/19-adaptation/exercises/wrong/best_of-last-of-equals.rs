//! Shows the last of equals.

pub fn best_of(policy: &[f64], rewards: &[f64], n: i32) -> Vec<f64> {
    let mut order: Vec<usize> = (0..policy.len()).collect();
    order.sort_by(|a, b| rewards[*a].total_cmp(&rewards[*b]));
    let (mut shown, mut below) = (vec![0.0; policy.len()], 0.0_f64);
    for text in order {
        let upto = below + policy[text];
        shown[text] = upto.powi(n) - below.powi(n);
        below = upto;
    }
    shown
}
