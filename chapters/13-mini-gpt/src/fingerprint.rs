//! Numbers that tell things apart.

/// FNV-1a of `bytes`: it must be the same number in every version of the program and on every
/// machine, and the standard library's hashers promise that of none.
pub fn fingerprint(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
