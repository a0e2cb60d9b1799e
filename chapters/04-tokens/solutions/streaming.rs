//! Whole characters go, the beginning of one waits.

/// Adds the bytes of a token to `pending` and takes out all whole characters.
pub fn show(pending: &mut Vec<u8>, token: &[u8]) -> String {
    pending.extend(token);
    let whole = match std::str::from_utf8(pending) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    let shown: Vec<u8> = pending.drain(..whole).collect();
    String::from_utf8_lossy(&shown).into_owned()
}
