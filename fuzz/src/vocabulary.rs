//! `vocab.json` and `merges.txt` of GPT-2, with a zero byte between the two.

use pretrained::Vocabulary;
use std::path::Path;
use tokens::Tokenizer;

/// Reads the two files.
pub fn read(bytes: &[u8]) -> bool {
    let cut = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let (ids, merges) = (&bytes[..cut], bytes.get(cut + 1..).unwrap_or_default());
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vocab.json"), ids).expect("the folder can be written");
    std::fs::write(folder.path().join("merges.txt"), merges).expect("the folder can be written");
    use_it(folder.path())
}

/// Loads what a folder holds; what was loaded must be a tokenizer.
pub fn use_it(folder: &Path) -> bool {
    let Ok(vocabulary) = Vocabulary::load(folder) else { return false };
    let text = "the cat\n\n \u{732b} \u{e9}\t1234 <|endoftext|>";
    let ids = vocabulary.encode(text);
    assert!(ids.iter().all(|&id| vocabulary.knows(id)), "an id of its own is unknown");
    assert_eq!(vocabulary.decode(&ids).expect("its own tokens"), text.as_bytes());
    vocabulary.decode(&[usize::MAX]).is_err()
}
