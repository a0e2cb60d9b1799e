//! The format of notebooks, 4.5, in the parts that are judged: <https://nbformat.readthedocs.io>.

use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// A notebook.
#[derive(Deserialize)]
pub(super) struct Notebook {
    pub(super) nbformat: u32,
    pub(super) nbformat_minor: u32,
    pub(super) metadata: Metadata,
    pub(super) cells: Vec<Cell>,
}

#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) kernelspec: KernelSpec,
}

#[derive(Deserialize)]
pub(super) struct KernelSpec {
    pub(super) name: String,
    pub(super) language: String,
}

#[derive(Deserialize)]
#[serde(tag = "cell_type", rename_all = "snake_case")]
pub(super) enum Cell {
    Markdown {
        id: String,
        #[serde(deserialize_with = "text")]
        source: String,
    },
    Code {
        id: String,
        #[serde(deserialize_with = "text")]
        source: String,
        execution_count: Option<u32>,
        outputs: Vec<Output>,
    },
}

#[derive(Deserialize)]
#[serde(tag = "output_type", rename_all = "snake_case")]
pub(super) enum Output {
    Stream {
        name: String,
        #[serde(deserialize_with = "text")]
        text: String,
    },
    ExecuteResult {
        data: BTreeMap<String, Lines>,
    },
    DisplayData {
        data: BTreeMap<String, Lines>,
    },
    Error {
        ename: String,
        evalue: String,
    },
}

/// Text as the format keeps it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Lines {
    /// As one string.
    Whole(String),
    /// As a list of its lines, with their ends.
    Parts(Vec<String>),
}

impl Lines {
    /// The whole text.
    pub fn join(&self) -> String {
        match self {
            Self::Whole(text) => text.clone(),
            Self::Parts(lines) => lines.concat(),
        }
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Lines::deserialize(deserializer)?.join())
}

impl Cell {
    pub(super) fn id(&self) -> &String {
        match self {
            Self::Markdown { id, .. } | Self::Code { id, .. } => id,
        }
    }

    pub(super) fn code(&self) -> Option<&String> {
        match self {
            Self::Markdown { .. } => None,
            Self::Code { source, .. } => Some(source),
        }
    }
}
