//! Asks twice, whatever n is.

pub fn best_of(policy: &[f64], rewards: &[f64], _: i32) -> Vec<f64> {
    let mut shown = vec![0.0; policy.len()];
    for (a, p) in policy.iter().enumerate() {
        for (b, q) in policy.iter().enumerate() {
            shown[if rewards[b] > rewards[a] { b } else { a }] += p * q;
        }
    }
    shown
}
