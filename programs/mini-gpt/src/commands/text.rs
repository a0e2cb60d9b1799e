//! The text that a command works on.

use gpt::corpus::{Source, Text};
use mini_gpt::Error;
use mini_gpt::program::note;

/// Reads a text, and says how it differs from its file. For a model that reads texts from their
/// beginnings, a line that holds only blanks is an empty line.
pub fn read_text(corpus: &Source, from_beginnings: bool) -> Result<Text, Error> {
    let mut text = Text::load(corpus)?;
    if from_beginnings && !text.is_stories {
        text = text.with_blank_lines_emptied();
    }
    if !text.changes.is_empty() {
        note(format_args!("{corpus}: {}", text.changes.join("; ")));
    }
    Ok(text)
}
