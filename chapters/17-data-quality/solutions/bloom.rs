//! The chance of a false alarm for each k, and the least of them.

/// The best number of bits for an element to set.
pub fn best_places(bits: u64, elements: u64) -> u32 {
    let alarm = |k: u32| {
        let hashes = f64::from(k) * elements as f64;
        (1.0 - (1.0 - 1.0 / bits as f64).powf(hashes)).powi(k as i32)
    };
    // More places than there are bits for each element only fill the row.
    let most = (bits / elements.max(1) + 1) as u32;
    (1..=most).min_by(|&a, &b| alarm(a).total_cmp(&alarm(b))).expect("one is among them")
}
