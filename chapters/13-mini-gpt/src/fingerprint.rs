//! Numbers that tell things apart.

/// Where FNV-1a (Fowler, Noll and Vo) begins, with 64 bits.
pub const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a of `bytes`: it must be the same number in every version of the program and on every
/// machine, and the standard library's hashers promise that of none.
pub fn fingerprint(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}
