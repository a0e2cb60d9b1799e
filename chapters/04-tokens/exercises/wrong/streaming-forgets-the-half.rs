//! Shows the whole characters and throws the rest away.

pub fn show(pending: &mut Vec<u8>, token: &[u8]) -> String {
    pending.extend(token);
    let whole = std::str::from_utf8(pending).map_or_else(|error| error.valid_up_to(), str::len);
    let shown = String::from_utf8_lossy(&pending[..whole]).into_owned();
    pending.clear();
    shown
}
