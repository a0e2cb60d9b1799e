//! How much memory a loader may take.

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes of memory for each byte of a file: texts become tables of strings, tokens and numbers.
const FACTOR: usize = 200;
/// And for any file, however small: the tables of 256 bytes, a model of some thousand numbers.
const ANYWAY: usize = 4 << 20;

/// Reads `bytes`, and says whether they were accepted.
///
/// # Panics
/// When more memory was in use at once than a small multiple of the file.
pub fn bounded(bytes: &[u8], read: impl Fn(&[u8]) -> bool) -> bool {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let accepted = read(bytes);
    let taken = MEMORY.peak_usage().saturating_sub(before);
    assert!(
        taken <= FACTOR * bytes.len() + ANYWAY,
        "{taken} bytes of memory for a file of {}",
        bytes.len()
    );
    accepted
}
