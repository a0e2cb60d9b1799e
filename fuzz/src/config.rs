//! `config.json` of GPT-2.

use pretrained::{Config, sizes};

/// Reads the file and looks for its size.
pub fn read(bytes: &[u8]) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("config.json"), bytes).expect("the folder can be written");
    let config = Config::load(folder.path());
    config.and_then(|config| sizes::check(config.shape())).is_ok()
}
