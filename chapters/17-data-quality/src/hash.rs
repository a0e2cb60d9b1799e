//! A hash: 64 bits that look random, the same for the same bytes on every machine and in every year.
//!
//! Rust's own hash maps promise neither, so what is kept or compared is hashed here: FNV-1a (Fowler,
//! Noll and Vo), whose last step is stirred once more, since its upper bits hardly depend on the last
//! bytes. It resists nobody who looks for collisions on purpose.

use gpt::fingerprint::{OFFSET, fingerprint};

/// The hash of some bytes.
pub fn hash(bytes: &[u8]) -> u64 {
    mix(fingerprint(bytes.iter().copied()))
}

/// The hash of a list of hashes, in their order.
pub fn join(hashes: &[u64]) -> u64 {
    hashes.iter().fold(OFFSET, |all, &hash| mix(all.rotate_left(23) ^ hash))
}

/// Stirs 64 bits, so that each depends on all: the finaliser of MurmurHash3. Different numbers stay
/// different.
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_hundred_thousand_short_texts_have_a_hundred_thousand_hashes() {
        // Among 2⁶⁴ the chance of a single collision is 3·10⁻¹⁰.
        let hashes: BTreeSet<u64> = (0..100_000).map(|i: u32| hash(i.to_string().as_bytes())).collect();
        assert_eq!(hashes.len(), 100_000);
        let pairs: BTreeSet<u64> =
            (0..300_u64).flat_map(|a| (0..300).map(move |b| join(&[a, b]))).collect();
        assert_eq!(pairs.len(), 90_000, "the order counts");
    }

    #[test]
    fn every_bit_is_set_half_the_time_whatever_bit_of_the_text_changes() {
        let n = 4096;
        for bit in 0..64 {
            let ones: u64 = (0..n).map(|i: u32| hash(&i.to_le_bytes()) >> bit & 1).sum();
            // Five standard errors of a share of ½ are 5·½·√4096 = 160.
            assert!(ones.abs_diff(u64::from(n) / 2) < 160, "bit {bit}: {ones} of {n}");
        }
    }
}
