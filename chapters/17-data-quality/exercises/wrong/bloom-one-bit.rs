//! Asks after one bit only: the fewer are set, the better.

pub fn best_places(bits: u64, elements: u64) -> u32 {
    let alarm = |k: u32| 1.0 - (1.0 - 1.0 / bits as f64).powf(f64::from(k) * elements as f64);
    (1..=100).min_by(|&a, &b| alarm(a).total_cmp(&alarm(b))).expect("there is a hundred of them")
}
