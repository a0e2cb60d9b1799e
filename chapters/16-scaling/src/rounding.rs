//! Numbers of fewer bits, written out: what is left of an f32 when it is kept in 16, 8 or 4 bits.
//!
//! A floating-point number is ± m · 2ᵉ. With `mantissa` bits behind the point of m, the numbers between
//! 2ᵉ and 2ᵉ⁺¹ lie 2^(e − mantissa) apart. The exponent has a least value, and below it the distance no
//! longer shrinks: these are the subnormal numbers, and half of the smallest of them is rounded to 0.
//! Above the largest number comes infinity.
//!
//! An integer of few bits has one distance for all. It is chosen for each row of a matrix so that the row's
//! largest number is the largest integer ("absmax" quantisation: Dettmers et al. 2022).

// ANCHOR: float
/// A floating-point format of fewer bits than f32, by IEEE 754's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Float {
    /// Bits behind the point of m.
    mantissa: i32,
    /// The exponents of its normal numbers are 1 − `bias` to `bias`.
    bias: i32,
}

impl Float {
    /// 8 bits of exponent, as f32, and 7 of mantissa: f32 with the lower half cut off.
    pub const BF16: Self = Self { mantissa: 7, bias: 127 };
    /// IEEE 754's half precision: 5 bits of exponent, 10 of mantissa.
    pub const F16: Self = Self { mantissa: 10, bias: 15 };

    /// The largest number.
    pub fn largest(self) -> f64 {
        (2.0 - power_of_two(-self.mantissa)) * power_of_two(self.bias)
    }

    /// The smallest number above 0.
    pub fn smallest(self) -> f64 {
        power_of_two(1 - self.bias - self.mantissa)
    }

    /// The nearest number of this format; of two that are equally near, the one whose last bit is 0.
    #[inline]
    pub fn round(self, x: f32) -> f32 {
        // In f64 every f32 is a normal number, and every step below is exact but the rounding itself.
        let wide = f64::from(x);
        if wide == 0.0 || !wide.is_finite() {
            return x;
        }
        let exponent = ((wide.to_bits() >> 52 & 0x7ff) as i32 - 1023).max(1 - self.bias);
        let distance = power_of_two(exponent - self.mantissa);
        let rounded = (wide / distance).round_ties_even() * distance;
        if rounded.abs() > self.largest() { f32::INFINITY.copysign(x) } else { rounded as f32 }
    }
}

/// 2ⁿ, by the bits of an f64, for n from −1022 to 1023.
fn power_of_two(n: i32) -> f64 {
    f64::from_bits(((n + 1023) as u64) << 52)
}
// ANCHOR_END: float

// ANCHOR: integers
/// Replaces each number of a row by the nearest multiple of one distance: integers of `bits` bits, from
/// −(2^(bits − 1) − 1) to 2^(bits − 1) − 1, and the scale that makes the row's largest number the largest
/// integer.
pub fn round_row(row: &mut [f32], bits: u32) {
    let most = f32::from((1_u16 << (bits - 1)) - 1);
    let largest = row.iter().fold(0.0, |largest: f32, x| largest.max(x.abs()));
    if largest > 0.0 {
        let scale = largest / most;
        for x in row {
            *x = (*x / scale).round_ties_even() * scale;
        }
    }
}
// ANCHOR_END: integers

/// How numbers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As they are.
    F32,
    /// Each by itself.
    Float(Float),
    /// Rows of integers of so many bits, each row with a scale in f32.
    Rows(u32),
}

impl Format {
    /// Rounds `numbers`, which lie in rows of `row`.
    pub fn round(self, numbers: &mut [f32], row: usize) {
        match self {
            Self::F32 => {}
            Self::Float(float) => numbers.iter_mut().for_each(|x| *x = float.round(*x)),
            Self::Rows(bits) => numbers.chunks_mut(row.max(1)).for_each(|row| round_row(row, bits)),
        }
    }

    /// Bytes of `rows` rows of `row` numbers.
    pub fn bytes(self, rows: usize, row: usize) -> usize {
        match self {
            Self::F32 => rows * row * 4,
            Self::Float(_) => rows * row * 2,
            Self::Rows(bits) => rows * (row * bits as usize).div_ceil(8) + rows * 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use half::{bf16, f16};
    use proptest::prelude::*;

    /// Bit by bit the same, or both no number.
    fn same(ours: f32, theirs: f32) -> bool {
        ours.to_bits() == theirs.to_bits() || (ours.is_nan() && theirs.is_nan())
    }

    fn as_half_does(x: f32) -> Result<(), TestCaseError> {
        let (ours, theirs) = (Float::BF16.round(x), bf16::from_f32(x).to_f32());
        prop_assert!(same(ours, theirs), "bf16 of {x:e} is {theirs:e}, not {ours:e}");
        let (ours, theirs) = (Float::F16.round(x), f16::from_f32(x).to_f32());
        prop_assert!(same(ours, theirs), "f16 of {x:e} is {theirs:e}, not {ours:e}");
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn any_bits_are_rounded_as_the_crate_half_rounds_them(bits: u32) {
            as_half_does(f32::from_bits(bits))?;
        }

        #[test]
        fn numbers_near_the_ends_of_f16_are_too(exponent in 96_u32..146, rest in 0_u32..1 << 23, sign: bool) {
            // From 2^-31, which is 0 in f16, to 2^18, which is infinite; half of them end in zeros: ties.
            for mantissa in [rest, rest & !0xfff, rest & !0x1fff] {
                as_half_does(f32::from_bits(u32::from(sign) << 31 | exponent << 23 | mantissa))?;
            }
        }

        #[test]
        fn a_rows_largest_number_is_kept_and_no_other_moves_by_more_than_half_a_step(
            row in prop::collection::vec(-1e3_f32..1e3, 1..50), bits in 2_u32..9,
        ) {
            let mut rounded = row.clone();
            round_row(&mut rounded, bits);
            let largest = row.iter().fold(0.0, |most: f32, x| most.max(x.abs()));
            let most = ((1 << (bits - 1)) - 1) as f32;
            let levels: std::collections::BTreeSet<i64> =
                rounded.iter().map(|x| (x / largest * most * 1024.0).round() as i64).collect();
            prop_assert!(levels.len() < 1 << bits && levels.iter().all(|level| level % 1024 == 0), "{levels:?}");
            for (x, y) in row.iter().zip(&rounded) {
                // Half a step, and a rounding of f32 or two.
                prop_assert!((x - y).abs() <= 0.501 * largest / most, "{x} became {y} in {bits} bits");
                prop_assert!(x.abs() < largest || (x - y).abs() <= 1e-6 * largest, "the largest, {x}, became {y}");
            }
        }
    }

    #[test]
    fn special_numbers_are_rounded_as_the_crate_half_rounds_them() {
        let ends =
            [f32::MAX, f32::MIN_POSITIVE, 1e-45, 65_504.0, 65_519.996, 65_520.0, 5.9e-8, 2.9e-8, 2.98e-8];
        for x in ends.into_iter().chain([0.0, 1.0, f32::INFINITY, f32::NAN]) {
            as_half_does(x).unwrap();
            as_half_does(-x).unwrap();
        }
    }

    #[test]
    fn the_ends_are_those_of_the_formats() {
        assert_eq!(Float::F16.largest(), 65_504.0);
        assert_eq!(Float::F16.largest(), f64::from(f16::MAX.to_f32()));
        assert_eq!(Float::BF16.largest(), f64::from(bf16::MAX.to_f32()));
        assert_eq!(Float::F16.smallest(), f64::from(f16::from_bits(1).to_f32()));
        assert_eq!(Float::BF16.smallest(), f64::from(bf16::from_bits(1).to_f32()));
    }

    #[test]
    fn three_bits_by_hand() {
        let three = Float { mantissa: 3, bias: 7 };
        for (x, rounded) in [(2.25, 2.25), (2.3, 2.25), (5.3, 5.5), (5.25, 5.0), (5.75, 6.0), (-5.3, -5.5)]
        {
            assert_eq!(three.round(x), rounded, "{x}");
        }
        // From 1 to 2 in small steps: the error is at most a sixteenth.
        let worst = (0..1000).map(|i| 1.0 + i as f32 / 1000.0).map(|x| (three.round(x) - x).abs() / x);
        assert!(worst.fold(0.0, f32::max) <= 1.0 / 16.0);
        // In bf16 the neighbours of 1 are 0.996 and 1.008, and from 256 on numbers are two apart.
        assert_eq!(
            [0.998, 0.9982, 1.0039, 1.004].map(|x| Float::BF16.round(x)),
            [0.996_093_75, 1.0, 1.0, 1.007_812_5]
        );
        assert_eq!([257.0, 259.0].map(|x| Float::BF16.round(x)), [256.0, 260.0]);
    }

    #[test]
    fn a_row_of_zeros_stays() {
        let mut row = [0.0; 3];
        round_row(&mut row, 8);
        assert_eq!(row, [0.0; 3]);
    }

    #[test]
    fn bytes_are_counted_with_a_scale_for_each_row() {
        assert_eq!(Format::F32.bytes(3, 5), 60);
        assert_eq!(Format::Float(Float::F16).bytes(3, 5), 30);
        assert_eq!(Format::Rows(8).bytes(3, 5), 3 * 5 + 3 * 4);
        assert_eq!(Format::Rows(4).bytes(3, 5), 3 * 3 + 3 * 4);
    }
}
