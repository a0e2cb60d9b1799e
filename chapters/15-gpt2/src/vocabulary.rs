//! GPT-2's tokenizer, from the two files in which it is published, or the one in which today's
//! `transformers` saves it.
//!
//! `merges.txt` lists the merges of byte-pair encoding, the first learned first: two strings a
//! line. `vocab.json` gives each token's string its id. `tokenizer.json` holds the same two
//! lists.

use crate::Error;
use crate::characters::{bytes, spelled};
use crate::tokenizer_json::{self, Ids};
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
    /// Reads `vocab.json` and `merges.txt` in `folder`, or else `tokenizer.json`.
    ///
    /// # Errors
    /// When they cannot be read, do not belong together, or are of another kind of tokenizer.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let [ids, merges, whole] =
            ["vocab.json", "merges.txt", "tokenizer.json"].map(|name| folder.join(name));
        let wrong = |path: &PathBuf| {
            let path = path.clone();
            |reason| Error::Vocabulary { path, reason }
        };
        if ids.exists() && merges.exists() {
            let bpe = merged(&read(&merges)?).map_err(wrong(&merges))?;
            let text = read(&ids)?;
            let list = serde_json::from_str(&text).map_err(|error| error.to_string());
            return list.and_then(|list| numbered(bpe, &list)).map_err(wrong(&ids));
        }
        if !whole.exists() {
            return Err(Error::NoVocabulary { folder: folder.to_owned() });
        }
        let lists = tokenizer_json::lists(&read(&whole)?);
        let bpe = |merges: &[Merge]| Bpe::from_spelled(merges).map_err(|error| error.to_string());
        lists.and_then(|(ids, merges)| numbered(bpe(&merges)?, &ids)).map_err(wrong(&whole))
    }

    /// Whether there is such an id.
    pub fn knows(&self, id: usize) -> bool {
        self.ours.contains_key(&id)
    }
}

fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// The merges that `merges.txt` lists.
fn merged(lines: &str) -> Result<Bpe, String> {
    // The first line may tell the version.
    let lines = lines
        .lines()
        .enumerate()
        .filter(|(i, line)| !(line.is_empty() || *i == 0 && line.starts_with("#version")));
    let merge = |(i, line): (usize, &str)| -> Result<Merge, String> {
        let pair = line.split_once(' ').and_then(|(left, right)| spelled(left, right));
        pair.ok_or_else(|| format!("line {} is no merge: {line:?}", i + 1))
    };
    let merges: Vec<Merge> = lines.map(merge).collect::<Result<_, _>>()?;
    Bpe::from_spelled(&merges).map_err(|error| error.to_string())
}

/// `bpe` with the ids of a file. What the file has beside the merged strings are special tokens.
fn numbered(mut bpe: Bpe, ids: &Ids) -> Result<Vocabulary, String> {
    // In the order of their ids.
    let by_id: BTreeMap<usize, &String> = ids.iter().map(|(text, &id)| (id, text)).collect();
    if by_id.len() != ids.len() {
        return Err("two tokens have the same id".to_owned());
    }
    let mut theirs = vec![None; bpe.vocabulary()];
    for (&id, text) in &by_id {
        if let Some(token) = bytes(text).and_then(|bytes| bpe.id_of(&bytes)) {
            theirs[token] = Some(id);
        } else {
            bpe.add_special(text);
            theirs.push(Some(id));
        }
    }
    let missing = |token: usize| match bpe.bytes_of(token as u32) {
        &[byte] => format!("it has no id for the byte {byte:#04x}, and every text may hold any byte"),
        bytes => format!("it has no id for {:?}, which a merge makes", String::from_utf8_lossy(bytes)),
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
    use serde_json::json;

    fn load(ids: &str, merges: &str) -> Result<Vocabulary, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("vocab.json"), ids).unwrap();
        std::fs::write(folder.path().join("merges.txt"), merges).unwrap();
        Vocabulary::load(folder.path()).map_err(|error| error.to_string())
    }

    /// The bytes with ids from 3 on, then `more`.
    fn ids(more: &[(&str, usize)]) -> String {
        let mut characters: Vec<(char, u8)> =
            crate::characters::bytes_of_characters().into_iter().collect();
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

    /// What [`load`] reads from `tokenizer.json`.
    fn load_whole(file: &serde_json::Value) -> Result<Vocabulary, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("tokenizer.json"), file.to_string()).unwrap();
        Vocabulary::load(folder.path()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_file_of_todays_tools_gives_the_same_ids() {
        let files = ids(&[("Ġt", 300), ("he", 2), ("Ġthe", 1)]);
        let two =
            load(&ids(&[("<s>", 0), ("Ġt", 300), ("he", 2), ("Ġthe", 1)]), "Ġ t\nh e\nĠt he\n").unwrap();
        let vocab: serde_json::Value = serde_json::from_str(&files).unwrap();
        for merges in [json!(["Ġ t", "h e", "Ġt he"]), json!([["Ġ", "t"], ["h", "e"], ["Ġt", "he"]])] {
            let one = load_whole(&json!({
                "added_tokens": [{"id": 0, "content": "<s>", "special": true}, {"id": 2, "content": "he"}],
                "normalizer": null,
                "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
                "model": {"type": "BPE", "vocab": vocab, "merges": merges, "dropout": null,
                    "continuing_subword_prefix": "", "byte_fallback": false},
            }))
            .unwrap();
            let text = " the the he\u{0}<s> 猫";
            assert_eq!(one.encode(text), two.encode(text));
            assert_eq!(one.decode(&[0, 1]), two.decode(&[0, 1]));
        }
    }

    #[test]
    fn tokenizers_of_other_kinds_are_refused_by_what_they_do() {
        let vocab: serde_json::Value = serde_json::from_str(&ids(&[])).unwrap();
        let good = json!({"model": {"type": "BPE", "vocab": vocab, "merges": []}});
        assert_eq!(load_whole(&good).unwrap().encode("a").len(), 1);
        for (place, value, expected) in [
            ("/model", json!({"type": "Unigram", "vocab": [["a", -1.0]]}), "its model is Unigram"),
            ("/model", json!({"type": "WordPiece", "vocab": {}}), "its model is WordPiece"),
            ("/normalizer", json!({"type": "NFC"}), "before it reads them, by NFC"),
            ("/pre_tokenizer", json!(null), "no pieces"),
            ("/pre_tokenizer", json!({"type": "Metaspace"}), "by Metaspace, not by ByteLevel"),
            ("/pre_tokenizer", json!({"type": "ByteLevel", "add_prefix_space": true}), "a space before"),
            ("/pre_tokenizer", json!({"type": "ByteLevel", "use_regex": false}), "another rule"),
            ("/model/end_of_word_suffix", json!("</w>"), "end_of_word_suffix is set"),
            ("/model/continuing_subword_prefix", json!("##"), "continuing_subword_prefix is set"),
            ("/model/byte_fallback", json!(true), "byte_fallback is set"),
            ("/model/dropout", json!(0.1), "dropout is set"),
            ("/model/ignore_merges", json!(true), "ignore_merges is set"),
            ("/model/merges", json!([["a"]]), "neither \"a b\" nor"),
            ("/model/merges", json!(["ab"]), "merge 0 is none: \"ab\""),
            ("/model/merges", json!([["a", "中"]]), "merge 0 is none: \"a\" and \"中\""),
            ("/model/merges", json!(["a b"]), "no id for \"ab\", which a merge makes"),
            ("/added_tokens", json!([{"id": 9000, "content": "a"}]), "\"a\" has the ids"),
        ] {
            let mut file = good.clone();
            let (parent, field) = place.rsplit_once('/').unwrap();
            file.pointer_mut(parent).unwrap()[field] = value;
            let message = load_whole(&file).unwrap_err();
            assert!(message.contains("tokenizer.json is not") && message.contains(expected), "{message}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let message = Vocabulary::load(folder.path()).unwrap_err().to_string();
        assert!(message.contains("vocab.json and merges.txt, or tokenizer.json"), "{message}");
        let mut lacking: HashMap<String, usize> = serde_json::from_str(&ids(&[])).unwrap();
        lacking.remove("!");
        let message = load(&serde_json::to_string(&lacking).unwrap(), "").unwrap_err();
        assert!(
            message.contains("vocab.json is not") && message.contains("no id for the byte 0x21"),
            "{message}"
        );
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
