//! Where the text comes from: the stories of chapter 6, or a file.

use crate::Error;
use crate::fingerprint::fingerprint;
use language_models::story;
use std::ffi::OsString;
use std::path::PathBuf;

/// Characters of stories to train on and to be judged by: nine tenths and one tenth.
const STORY_CHARACTERS: usize = 6_000_000;
/// The seed of the stories. It is not the run's seed: every run reads the same text.
const STORY_SEED: u64 = 1;

/// Which text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Stories of the grammar.
    Stories,
    /// A UTF-8 file.
    File(PathBuf),
}

/// As the command line gives it: the name of a file need not be UTF-8.
impl From<OsString> for Source {
    fn from(text: OsString) -> Self {
        if text == "stories" { Self::Stories } else { Self::File(text.into()) }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stories => f.write_str("stories"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// A text in two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// To learn from.
    pub train: String,
    /// To be judged by: the last tenth.
    pub held_out: String,
    /// Whether it consists of stories, so that the floor is known.
    pub is_stories: bool,
    /// How the text differs from its file, in words for people.
    pub changes: Vec<String>,
}

/// The longest file that is read, in bytes: places in a text are drawn as numbers of 32 bits.
const LONGEST: u64 = u32::MAX as u64;

impl Text {
    /// Reads the text. Line ends become line feeds, as everywhere in this book, and a byte-order
    /// mark is left out: what files of other systems mean by them is what counts, here and when a
    /// run is resumed. A file is split 90/10 in order, at a character boundary.
    ///
    /// # Errors
    /// When the file cannot be read, is empty, is too long or is not UTF-8.
    pub fn load(source: &Source) -> Result<Self, Error> {
        let Source::File(path) = source else {
            let story::Corpus { train, held_out } = story::corpus(STORY_CHARACTERS, STORY_SEED);
            return Ok(Self { train, held_out, is_stories: true, changes: Vec::new() });
        };
        let short_enough = |bytes: u64| match bytes {
            ..=LONGEST => Ok(()),
            _ => Err(Error::TooLong { path: path.clone(), bytes, longest: LONGEST }),
        };
        let read = |source| Error::Read { path: path.clone(), source };
        short_enough(std::fs::metadata(path).map_err(read)?.len())?;
        let bytes = std::fs::read(path).map_err(read)?;
        // What is no file, a pipe say, has no length before it is read.
        short_enough(bytes.len() as u64)?;
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(Error::Utf16 { path: path.clone() });
        }
        let text = String::from_utf8(bytes)
            .map_err(|error| Error::NotUtf8 { path: path.clone(), at: error.utf8_error().valid_up_to() })?;
        let (mut train, changes) = normalised(text);
        if train.is_empty() {
            return Err(Error::Empty { path: path.clone() });
        }
        let tenth = train.len() * 9 / 10;
        let cut = (tenth..=train.len()).find(|&at| train.is_char_boundary(at)).unwrap_or(train.len());
        let held_out = train.split_off(cut);
        Ok(Self { train, held_out, is_stories: false, changes })
    }

    /// The same with every line emptied that holds only blanks: it looks like an empty line, and is
    /// to part texts like one.
    #[must_use]
    pub fn with_blank_lines_emptied(mut self) -> Self {
        let is_blank = |line: &str| line != "\n" && line.trim().is_empty();
        let mut emptied = 0;
        for part in [&mut self.train, &mut self.held_out] {
            let blanks = part.split_inclusive('\n').filter(|line| is_blank(line)).count();
            if blanks > 0 {
                let kept =
                    |line| if is_blank(line) { line.trim_matches(|c: char| c != '\n') } else { line };
                *part = part.split_inclusive('\n').map(kept).collect();
            }
            emptied += blanks;
        }
        if emptied > 0 {
            self.changes.push(format!("{emptied} lines that hold only blanks count as empty"));
        }
        self
    }

    /// Both parts together.
    pub fn all(&self) -> String {
        format!("{}{}", self.train, self.held_out)
    }

    /// A number that tells texts apart, kept in checkpoints so that a run is not resumed on another
    /// text.
    pub fn fingerprint(&self) -> u64 {
        fingerprint(self.train.bytes().chain(self.held_out.bytes()))
    }
}

/// A text with line feeds for all line ends and without a byte-order mark, and what that changed.
fn normalised(mut text: String) -> (String, Vec<String>) {
    let mut changes = Vec::new();
    if text.starts_with('\u{feff}') {
        text.remove(0);
        changes.push("its byte-order mark is left out".to_owned());
    }
    if text.contains('\r') {
        let both = text.matches("\r\n").count();
        let alone = text.matches('\r').count() - both;
        text = text.replace("\r\n", "\n").replace('\r', "\n");
        changes.push(format!("its line ends ({both} times CRLF, {alone} times CR) are read as LF"));
    }
    (text, changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> (tempfile::TempDir, Source) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text");
        std::fs::write(&path, bytes).unwrap();
        (folder, Source::File(path))
    }

    #[test]
    fn a_file_is_split_in_order_at_a_character() {
        let (_folder, source) = file("猫狗鸟鱼牛羊马".as_bytes());
        let text = Text::load(&source).unwrap();
        assert_eq!((text.train.as_str(), text.held_out.as_str()), ("猫狗鸟鱼牛羊", "马"));
        let (_folder, source) = file("abcdefghij".as_bytes());
        let text = Text::load(&source).unwrap();
        assert_eq!((text.train.as_str(), text.held_out.as_str()), ("abcdefghi", "j"));
    }

    #[test]
    fn the_line_ends_of_all_systems_give_the_same_text() {
        let text = "One.\n\nTwo\nlines.\n \t\nThree.\n\n\nFour: naïve.\n";
        let load = |text: &str| {
            let (_folder, source) = file(text.as_bytes());
            Text::load(&source).unwrap()
        };
        let expected = load(text);
        assert_eq!((expected.all().as_str(), expected.changes.len()), (text, 0));
        let (crlf, cr) = (text.replace('\n', "\r\n"), text.replace('\n', "\r"));
        let mixed = text.replacen('\n', "\r\n", 3).replacen("lines.\n", "lines.\r", 1);
        for (other, said) in [
            (crlf.clone(), "9 times CRLF, 0 times CR)"),
            (cr, "0 times CRLF, 9 times CR)"),
            (mixed, "3 times CRLF, 1 times CR)"),
            (format!("\u{feff}{text}"), "byte-order mark"),
            (format!("\u{feff}{crlf}"), "byte-order mark"),
        ] {
            let other = load(&other);
            assert_eq!((&other.train, &other.held_out), (&expected.train, &expected.held_out));
            assert_eq!(other.fingerprint(), expected.fingerprint(), "a run can go on with it");
            assert!(other.changes.concat().contains(said), "{:?}", other.changes);
        }
        let emptied = expected.with_blank_lines_emptied();
        assert_eq!(emptied.all(), text.replace(" \t\n", "\n"));
        assert_eq!(emptied.changes, ["1 lines that hold only blanks count as empty"]);
    }

    #[test]
    fn only_lines_of_blanks_are_emptied() {
        for (text, expected) in [
            ("a\n  \nb", "a\n\nb"),
            (" \n\u{a0}\n  b \n", "\n\n  b \n"),
            ("a\n   ", "a\n"),
            ("\n\na\n", "\n\na\n"),
        ] {
            let text = Text {
                train: text.to_owned(),
                held_out: String::new(),
                is_stories: false,
                changes: vec![],
            };
            assert_eq!(text.with_blank_lines_emptied().train, expected);
        }
    }

    #[test]
    fn bad_files_are_refused_with_the_reason() {
        let message = |bytes: &[u8]| {
            let (_folder, source) = file(bytes);
            Text::load(&source).unwrap_err().to_string()
        };
        assert!(message(b"").contains("is empty"));
        assert!(message("\u{feff}".as_bytes()).contains("is empty"));
        assert!(message(b"\xff\xfea\0b\0").contains("is UTF-16"));
        assert!(message(b"abc\xff").contains("byte 3 is no character"));
        let missing = Text::load(&Source::File("/no/such/file".into())).unwrap_err();
        assert!(missing.to_string().starts_with("cannot read /no/such/file"));
    }
}
