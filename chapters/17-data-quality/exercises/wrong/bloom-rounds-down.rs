//! The formula's result cut off, and 0 where there is little room.

pub fn best_places(bits: u64, elements: u64) -> u32 {
    (bits as f64 / elements as f64 * std::f64::consts::LN_2) as u32
}
