//! What the fuzzer was given and what it found, read again: of each kind of file that other people
//! write, good ones, and those that a loader once choked on.

#[path = "../../../fuzz/src/checkpoint.rs"]
mod checkpoint;
#[path = "../../../fuzz/src/config.rs"]
mod config;
#[path = "../../../fuzz/src/memory.rs"]
mod memory;
#[path = "../../../fuzz/src/story.rs"]
mod story;
#[path = "../../../fuzz/src/tokenizer_json.rs"]
mod tokenizer_json;
#[path = "../../../fuzz/src/vocabulary.rs"]
mod vocabulary;
#[path = "../../../fuzz/src/weights.rs"]
mod weights;

use memory::bounded;
use std::fs;
use std::path::{Path, PathBuf};

/// Reads all files of a kind: those named `good` are accepted, the others refused, each without a
/// panic and within the memory that `bounded` allows.
fn all(kind: &str, read: fn(&[u8]) -> bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(kind);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort_unstable();
    let is_good = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("good");
    assert!(paths.iter().any(is_good), "no good file in {}", folder.display());
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        println!("{}", path.display());
        assert_eq!(bounded(&bytes, read), is_good(&path), "{} is accepted", path.display());
    }
}

/// One test, since memory is counted for the whole process.
#[test]
fn what_the_fuzzer_was_given_and_found_is_read_or_refused_in_little_memory() {
    // Files of models are made here: the format of a checkpoint may change.
    assert!(bounded(checkpoint::good(), checkpoint::read), "a good checkpoint");
    assert!(bounded(&weights::good(), weights::read), "good weights");
    all("checkpoint", checkpoint::read);
    all("weights", weights::read);
    all("config", config::read);
    all("vocabulary", vocabulary::read);
    all("tokenizer_json", tokenizer_json::read);
    all("story", story::read);
}
