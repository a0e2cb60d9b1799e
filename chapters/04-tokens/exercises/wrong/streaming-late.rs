//! Shows nothing until all that has come is whole.

pub fn show(pending: &mut Vec<u8>, token: &[u8]) -> String {
    pending.extend(token);
    match String::from_utf8(pending.clone()) {
        Ok(text) => {
            pending.clear();
            text
        }
        Err(_) => String::new(),
    }
}
