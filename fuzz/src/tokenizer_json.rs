//! `tokenizer.json`, as `tokenizers` writes it.

use crate::vocabulary::use_it;

/// Reads the file.
pub fn read(bytes: &[u8]) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("tokenizer.json"), bytes).expect("the folder can be written");
    use_it(folder.path())
}
