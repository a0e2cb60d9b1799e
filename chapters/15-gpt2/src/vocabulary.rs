//! GPT-2's tokenizer, from the two files in which it is published.
//!
//! `merges.txt` lists the merges of byte-pair encoding, the first learned first: two strings a
//! line. `vocab.json` gives each token's string its id. Neither holds bytes: so that every token
//! can be written in a text file, each byte is shown as a printable character, its own if it has
//! one and the next free one from U+0100 on if not. A space is `Ġ`.

use crate::Error;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use tokens::{Bpe, Merge, TokenError, Tokenizer};

/// A vocabulary that was read.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    bpe: Bpe,
    /// The file's id of each token that [`Bpe`] numbers in its own order. GPT-2's own files number
    /// as `Bpe` does.
    theirs: Vec<usize>,
    /// The token of each id of the file.
    ours: HashMap<usize, usize>,
}

// ANCHOR: load
impl Vocabulary {
    /// Reads `vocab.json` and `merges.txt` in `folder`.
    ///
    /// # Errors
    /// When one cannot be read, or the two do not belong together.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let (vocabulary, merges) = (folder.join("vocab.json"), folder.join("merges.txt"));
        let read = |path: &PathBuf| {
            std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.clone(), source })
        };
        let (ids, lines) = (read(&vocabulary)?, read(&merges)?);
        let bpe = merged(&lines).map_err(|reason| Error::Vocabulary { path: merges, reason })?;
        numbered(bpe, &ids).map_err(|reason| Error::Vocabulary { path: vocabulary, reason })
    }

    /// Whether there is such an id.
    pub fn knows(&self, id: usize) -> bool {
        self.ours.contains_key(&id)
    }
}

/// The merges of a file.
fn merged(lines: &str) -> Result<Bpe, String> {
    let bytes = bytes_of_characters();
    let spelled =
        |word: &str| -> Option<Vec<u8>> { word.chars().map(|c| bytes.get(&c).copied()).collect() };
    // The first line may tell the version.
    let lines = lines
        .lines()
        .enumerate()
        .filter(|(i, line)| !(line.is_empty() || *i == 0 && line.starts_with("#version")));
    let merge = |(i, line): (usize, &str)| -> Result<Merge, String> {
        let pair = line.split_once(' ').and_then(|(left, right)| Some((spelled(left)?, spelled(right)?)));
        pair.ok_or_else(|| format!("line {} is no merge: {line:?}", i + 1))
    };
    let merges: Vec<Merge> = lines.map(merge).collect::<Result<_, _>>()?;
    Bpe::from_spelled(&merges).map_err(|error| error.to_string())
}

/// `bpe` with the ids of a file. What the file has beside the merged strings are special tokens.
fn numbered(mut bpe: Bpe, ids: &str) -> Result<Vocabulary, String> {
    // In the order of their ids.
    let ids: HashMap<String, usize> = serde_json::from_str(ids).map_err(|error| error.to_string())?;
    let by_id: BTreeMap<usize, &String> = ids.iter().map(|(text, &id)| (id, text)).collect();
    if by_id.len() != ids.len() {
        return Err("two tokens have the same id".to_owned());
    }
    let bytes = bytes_of_characters();
    let mut theirs = vec![None; bpe.vocabulary()];
    for (&id, text) in &by_id {
        let spelled: Option<Vec<u8>> = text.chars().map(|c| bytes.get(&c).copied()).collect();
        if let Some(token) = spelled.and_then(|bytes| bpe.id_of(&bytes)) {
            theirs[token] = Some(id);
        } else {
            bpe.add_special(text);
            theirs.push(Some(id));
        }
    }
    let missing = |token: usize| {
        format!(
            "it has no id for {:?}, which merges.txt makes",
            String::from_utf8_lossy(bpe.bytes_of(token as u32))
        )
    };
    let theirs: Vec<usize> = theirs
        .into_iter()
        .enumerate()
        .map(|(token, id)| id.ok_or_else(|| missing(token)))
        .collect::<Result<_, _>>()?;
    let ours = theirs.iter().enumerate().map(|(token, &id)| (id, token)).collect();
    Ok(Vocabulary { bpe, theirs, ours })
}
// ANCHOR_END: load

// ANCHOR: characters
/// The byte that each character of the files stands for.
///
/// Tokens 0 to 255 are the bytes: first the 188 that print, each shown as itself, then the others,
/// shown as U+0100, U+0101 and so on.
fn bytes_of_characters() -> HashMap<char, u8> {
    let bytes = Bpe::from_merges(&[]).expect("no merges are no wrong merges");
    let character = |token: u32, byte: u8| {
        if token < 188 {
            char::from(byte)
        } else {
            char::from_u32(0x100 + token - 188).expect("below U+0144")
        }
    };
    (0..256).map(|token| (character(token, bytes.bytes_of(token)[0]), bytes.bytes_of(token)[0])).collect()
}
// ANCHOR_END: characters

impl Tokenizer for Vocabulary {
    fn name(&self) -> &'static str {
        "GPT-2's byte-level BPE"
    }

    fn vocabulary(&self) -> usize {
        self.theirs.len()
    }

    fn encode(&self, text: &str) -> Vec<usize> {
        self.bpe.encode(text).into_iter().map(|token| self.theirs[token]).collect()
    }

    fn decode(&self, ids: &[usize]) -> Result<Vec<u8>, TokenError> {
        let token = |&id: &usize| {
            self.ours.get(&id).copied().ok_or(TokenError { id, vocabulary: self.vocabulary() })
        };
        self.bpe.decode(&ids.iter().map(token).collect::<Result<Vec<_>, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(ids: &str, merges: &str) -> Result<Vocabulary, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("vocab.json"), ids).unwrap();
        std::fs::write(folder.path().join("merges.txt"), merges).unwrap();
        Vocabulary::load(folder.path()).map_err(|error| error.to_string())
    }

    /// The bytes with ids from 3 on, then `more`.
    fn ids(more: &[(&str, usize)]) -> String {
        let mut characters: Vec<(char, u8)> = bytes_of_characters().into_iter().collect();
        characters.sort_unstable();
        let mut ids: HashMap<String, usize> =
            (3..).zip(characters).map(|(id, (character, _))| (character.to_string(), id)).collect();
        ids.extend(more.iter().map(|&(text, id)| (text.to_owned(), id)));
        serde_json::to_string(&ids).unwrap()
    }

    #[test]
    fn ids_may_be_in_any_order_and_special_tokens_anywhere() {
        let files = ids(&[("<s>", 0), ("Ġt", 300), ("he", 2), ("Ġthe", 1)]);
        let vocabulary = load(&files, "#version: 0.2\nĠ t\nh e\nĠt he\n").unwrap();
        assert_eq!(vocabulary.encode(" the the"), [1, 1]);
        assert_eq!(vocabulary.decode(&[0, 1, 2]).unwrap(), b"<s> thehe");
        assert_eq!(vocabulary.decode(&[300, 299]).unwrap_err().id, 299);
        assert!(!vocabulary.encode("<s>").contains(&0), "a text cannot spell a special token");
        let text = "猫 \u{0}\n\t é";
        assert_eq!(vocabulary.decode(&vocabulary.encode(text)).unwrap(), text.as_bytes());
    }

    #[test]
    fn files_that_do_not_belong_together_are_refused() {
        for (files, merges, expected) in [
            (ids(&[]), "Ġ t\n", "no id for \" t\""),
            (ids(&[("he", 9000)]), "h e\nthe re\n", "makes \"the\""),
            (ids(&[]), "Ġt\n", "line 1 is no merge"),
            (ids(&[("he", 5)]), "h e\n", "same id"),
            ("[]".to_owned(), "", "vocab.json is not GPT-2's vocabulary"),
        ] {
            let message = load(&files, merges).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }
}
