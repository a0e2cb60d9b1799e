//! Each element gets its share of the bits.

pub fn best_places(bits: u64, elements: u64) -> u32 {
    (bits / elements).max(1) as u32
}
