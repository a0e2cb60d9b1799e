//! The program `mini-gpt` for tests: a small text, a small run, and what is expected of a refusal.

#![allow(dead_code)] // each test file uses its own part

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

pub fn mini_gpt(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mini-gpt"));
    command.args(arguments);
    command
}

/// A folder with a text of some thousand characters in it.
pub fn text() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("text.txt");
    let line = |i: usize| {
        format!("{} bottles of beer on the wall, {} bottles of beer.\n", 99 - i % 99, 99 - i % 99)
    };
    fs::write(&path, (0..200).map(line).collect::<String>()).unwrap();
    (folder, path)
}

pub fn train(text: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command =
        mini_gpt(&["train", "--size", "tiny", "--batch", "4", "--context", "16", "--eval-every", "5"]);
    command.arg("--corpus").arg(text).arg("--out").arg(out).args(more);
    command
}

/// A text and a run that has learned a little of it.
pub fn trained() -> (TempDir, PathBuf, PathBuf) {
    let (folder, text) = text();
    let out = folder.path().join("run");
    succeeds(&mut train(&text, &out, &["--steps", "5"]));
    (folder, text, out)
}

pub fn succeeds(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Bad input: one line, exit 2.
pub fn refused(command: &mut Command, expected: &str) {
    ends(command, 2, expected);
}

/// Something went wrong on the way: one line, exit 1.
pub fn fails(command: &mut Command, expected: &str) {
    ends(command, 1, expected);
}

fn ends(command: &mut Command, status: i32, expected: &str) {
    let output = command.output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{command:?}: {message}");
    let last = message.lines().last().unwrap_or_default();
    assert!(last.starts_with("mini-gpt: ") && last.contains(expected), "{expected:?} is not in: {message}");
    assert!(!message.contains("panicked"), "{message}");
}
