//! The formula's result, rounded: near the best, but not always the best.

pub fn best_places(bits: u64, elements: u64) -> u32 {
    ((bits as f64 / elements as f64 * std::f64::consts::LN_2).round() as u32).max(1)
}
