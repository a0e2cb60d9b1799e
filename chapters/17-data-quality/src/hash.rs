//! A hash: 64 bits that look random, the same for the same bytes on every machine and in every year.
//!
//! Rust's own hash maps promise neither, so what is kept or compared is hashed here: FNV-1a (Fowler,
//! Noll and Vo), whose last step is stirred once more, since its upper bits hardly depend on the last
//! bytes. It resists nobody who looks for collisions on purpose.

use gpt::fingerprint::{OFFSET, fingerprint};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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
#[inline]
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

/// A hash map that is asked millions of times a second. The standard library's own hash resists those who
/// choose keys that collide, and takes several times as long for a short key.
pub type Table<K, V> = HashMap<K, V, BuildHasherDefault<Stirred>>;

/// The hash of a [`Table`]'s keys: [`mix`], eight bytes at a time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stirred(u64);

impl Hasher for Stirred {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks();
        for &eight in eights {
            self.write_u64(u64::from_le_bytes(eight));
        }
        if !rest.is_empty() {
            let mut eight = [0; 8];
            eight[..rest.len()].copy_from_slice(rest);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.0 = mix(self.0.rotate_left(23) ^ number);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::hash::Hash;

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

    #[test]
    fn keys_of_a_table_hardly_ever_hash_alike() {
        let of = |key: &dyn Fn(&mut Stirred)| {
            let mut hasher = Stirred::default();
            key(&mut hasher);
            hasher.finish()
        };
        let n = 300;
        let mut hashes: BTreeSet<u64> =
            (0..n * n).map(|i: u64| of(&|hasher| i.to_string().hash(hasher))).collect();
        hashes.extend((0..n * n).map(|i| of(&|hasher| i.hash(hasher))));
        hashes.extend((0..n * n).map(|i| of(&|hasher| [i / n, i % n].as_slice().hash(hasher))));
        assert_eq!(hashes.len() as u64, 3 * n * n, "texts, numbers, pairs of numbers");
        // A table takes its places from the lowest bits: each is set half of the time.
        for bit in 0..20 {
            let ones = hashes.iter().filter(|hash| *hash >> bit & 1 == 1).count();
            // Five standard errors of a share of ½ of 270,000 are 1,300.
            assert!(ones.abs_diff(hashes.len() / 2) < 1300, "bit {bit}: {ones}");
        }
    }
}
