//! Which matrices of a block are adapted.

use serde::{Deserialize, Serialize};

/// A matrix of a block, by the name that the block has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // the names say it
pub enum Target {
    Query,
    Key,
    Value,
    Output,
    Up,
    Down,
}

impl Target {
    /// Every matrix, in the order in which a block uses them.
    pub const ALL: [Self; 6] = [Self::Query, Self::Key, Self::Value, Self::Output, Self::Up, Self::Down];

    /// Those of attention.
    pub const ATTENTION: [Self; 4] = [Self::Query, Self::Key, Self::Value, Self::Output];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Key => "key",
            Self::Value => "value",
            Self::Output => "output",
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    /// Its place in a block.
    pub fn path(self) -> &'static str {
        match self {
            Self::Query => "attention.query",
            Self::Key => "attention.key",
            Self::Value => "attention.value",
            Self::Output => "attention.output",
            Self::Up => "feed_forward.up",
            Self::Down => "feed_forward.down",
        }
    }

    /// The matrix with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name() == name)
    }
}
