//! Shows one character a token, though more may be whole.

pub fn show(pending: &mut Vec<u8>, token: &[u8]) -> String {
    pending.extend(token);
    let whole = std::str::from_utf8(pending).map_or_else(|error| error.valid_up_to(), str::len);
    let first = std::str::from_utf8(&pending[..whole]).ok().and_then(|text| text.chars().next());
    let shown = first.map(String::from).unwrap_or_default();
    pending.drain(..shown.len());
    shown
}
