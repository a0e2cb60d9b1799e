//! `tokenizer.json`, in which Hugging Face's `tokenizers` keeps a whole tokenizer: what it does to a
//! text before it cuts it, how it cuts it into pieces, and what becomes of the pieces.
//!
//! Of all that, GPT-2's tokenizer needs two lists, the merges and the ids. A file that would do
//! more, or something else, gives other ids for the same text: it is refused by what it would do.

use crate::characters::spelled;
use serde::{Deserialize, Deserializer};
use std::collections::HashMap;
use tokens::Merge;

/// The id of each token, by the string that a file shows for it.
pub(crate) type Ids = HashMap<String, usize>;

/// The kind of model in a file. It is asked first: other kinds have other fields.
#[derive(Deserialize)]
struct Kind {
    model: KindOfModel,
}

#[derive(Deserialize)]
struct KindOfModel {
    /// Files of early versions do not say it.
    #[serde(default = "bpe")]
    r#type: String,
}

#[derive(Deserialize)]
struct File {
    model: Model,
    normalizer: Option<Part>,
    #[serde(default)]
    pre_tokenizer: Cut,
    #[serde(default)]
    added_tokens: Vec<Added>,
}

#[derive(Deserialize)]
struct Model {
    vocab: Ids,
    merges: Vec<Pair>,
    continuing_subword_prefix: Option<String>,
    end_of_word_suffix: Option<String>,
    #[serde(default)]
    byte_fallback: bool,
    #[serde(default)]
    ignore_merges: bool,
    dropout: Option<f64>,
}

/// A merge: in one string with a blank between, as it was until 2024, or in two.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a merge is neither \"a b\" nor [\"a\", \"b\"]")]
enum Pair {
    Line(String),
    Two(String, String),
}

#[derive(Deserialize)]
struct Part {
    r#type: String,
    #[serde(default)]
    add_prefix_space: bool,
    #[serde(default = "yes")]
    use_regex: bool,
}

/// What a file says of how texts are cut into pieces.
#[derive(Default)]
enum Cut {
    #[default]
    Nothing,
    NotAtAll,
    By(Part),
}

impl<'de> Deserialize<'de> for Cut {
    fn deserialize<D: Deserializer<'de>>(field: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(field)?.map_or(Self::NotAtAll, Self::By))
    }
}

/// A token that no merge makes.
#[derive(Deserialize)]
struct Added {
    id: usize,
    content: String,
}

fn bpe() -> String {
    "BPE".to_owned()
}

fn yes() -> bool {
    true
}

/// The two lists of a file: what `vocab.json` and `merges.txt` hold.
///
/// # Errors
/// When the file is damaged, or of a tokenizer that is not GPT-2's kind, byte-level BPE.
pub(crate) fn lists(text: &str) -> Result<(Ids, Vec<Merge>), String> {
    let Kind { model: KindOfModel { r#type } } = read(text)?;
    if r#type != bpe() {
        return Err(format!("its model is {type}, and only byte-level BPE is read"));
    }
    let File { model, normalizer, pre_tokenizer, added_tokens } = read(text)?;
    check(&model, normalizer.as_ref(), &pre_tokenizer)?;
    let Model { vocab: mut ids, merges, .. } = model;
    for Added { id, content } in added_tokens {
        match ids.get(&content) {
            Some(&other) if other != id => return Err(format!("{content:?} has the ids {other} and {id}")),
            Some(_) => {}
            None => drop(ids.insert(content, id)),
        }
    }
    let merge = |(i, pair): (usize, Pair)| {
        let found = match &pair {
            Pair::Line(line) => line.split_once(' ').and_then(|(left, right)| spelled(left, right)),
            Pair::Two(left, right) => spelled(left, right),
        };
        found.ok_or_else(|| match pair {
            Pair::Line(line) => format!("merge {i} is none: {line:?}"),
            Pair::Two(left, right) => format!("merge {i} is none: {left:?} and {right:?}"),
        })
    };
    Ok((ids, merges.into_iter().enumerate().map(merge).collect::<Result<_, _>>()?))
}

fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Refuses what would give other ids.
fn check(model: &Model, normalizer: Option<&Part>, pre_tokenizer: &Cut) -> Result<(), String> {
    if let Some(part) = normalizer {
        return Err(format!("it changes texts before it reads them, by {}", part.r#type));
    }
    match pre_tokenizer {
        Cut::NotAtAll => return Err("it cuts texts into no pieces: it is no byte-level BPE".to_owned()),
        Cut::By(part) if part.r#type != "ByteLevel" => {
            return Err(format!("it cuts texts by {}, not by ByteLevel", part.r#type));
        }
        Cut::By(part) if part.add_prefix_space => {
            return Err("it puts a space before every text (add_prefix_space)".to_owned());
        }
        Cut::By(part) if !part.use_regex => {
            return Err("it cuts texts by another rule than GPT-2's (use_regex is false)".to_owned());
        }
        Cut::Nothing | Cut::By(_) => {}
    }
    let is_set = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
    for (set, name) in [
        (is_set(model.continuing_subword_prefix.as_deref()), "continuing_subword_prefix"),
        (is_set(model.end_of_word_suffix.as_deref()), "end_of_word_suffix"),
        (model.byte_fallback, "byte_fallback"),
        (model.ignore_merges, "ignore_merges"),
        (model.dropout.is_some_and(|share| share != 0.0), "dropout"),
    ] {
        if set {
            return Err(format!("its BPE works in another way: {name} is set"));
        }
    }
    Ok(())
}
