//! Where the text comes from: the stories of chapter 6, or a file.

use crate::Error;
use language_models::story;
use std::path::PathBuf;
use std::str::FromStr;

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

impl FromStr for Source {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text == "stories" { Self::Stories } else { Self::File(text.into()) })
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
}

impl Text {
    /// Reads the text. A file is split 90/10 in order, at a character boundary.
    ///
    /// # Errors
    /// When the file cannot be read, is empty or is not UTF-8.
    pub fn load(source: &Source) -> Result<Self, Error> {
        let Source::File(path) = source else {
            let story::Corpus { train, held_out } = story::corpus(STORY_CHARACTERS, STORY_SEED);
            return Ok(Self { train, held_out, is_stories: true });
        };
        let bytes = std::fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let mut train = String::from_utf8(bytes)
            .map_err(|error| Error::NotUtf8 { path: path.clone(), at: error.utf8_error().valid_up_to() })?;
        if train.is_empty() {
            return Err(Error::Empty { path: path.clone() });
        }
        let tenth = train.len() * 9 / 10;
        let cut = (tenth..=train.len()).find(|&at| train.is_char_boundary(at)).unwrap_or(train.len());
        let held_out = train.split_off(cut);
        Ok(Self { train, held_out, is_stories: false })
    }

    /// Both parts together.
    pub fn all(&self) -> String {
        format!("{}{}", self.train, self.held_out)
    }

    /// A number that tells texts apart (FNV-1a), kept in checkpoints so that a run is not resumed
    /// on another text.
    pub fn fingerprint(&self) -> u64 {
        let bytes = self.train.bytes().chain(self.held_out.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }
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
    fn bad_files_are_refused_with_the_reason() {
        let message = |bytes: &[u8]| {
            let (_folder, source) = file(bytes);
            Text::load(&source).unwrap_err().to_string()
        };
        assert!(message(b"").contains("is empty"));
        assert!(message(b"abc\xff").contains("byte 3 is no character"));
        let missing = Text::load(&Source::File("/no/such/file".into())).unwrap_err();
        assert!(missing.to_string().starts_with("cannot read /no/such/file"));
    }
}
