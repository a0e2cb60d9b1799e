//! What was measured, as it is kept in `steering.json`.

use serde::{Deserialize, Serialize};

pub const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/steering.json");

/// Where the stream is pushed: where the thing is told, or just before it is needed.
pub const PLACES: [&str; 2] = ["told", "needed"];

/// In which direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// The vector that the other story has there takes its place.
    Other,
    /// From the mean of the one thing to that of the other.
    Means,
    /// Along the probe's direction, until it is as sure of the other as it was of the first.
    Probe,
    /// The same direction, as far as from mean to mean.
    ProbeFar,
    /// From mean to mean of two other things of the same kind.
    Others,
    /// A random direction, as far as from mean to mean.
    Random,
}

impl Way {
    pub const ALL: [Self; 6] =
        [Self::Other, Self::Means, Self::Probe, Self::ProbeFar, Self::Others, Self::Random];

    pub fn name(self) -> &'static str {
        match self {
            Self::Other => "the other story's vector",
            Self::Means => "from mean to mean",
            Self::Probe => "along the probe, mirrored",
            Self::ProbeFar => "along the probe, as far",
            Self::Others => "mean to mean of two others",
            Self::Random => "at random",
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    pub processor: String,
    pub date: String,
    /// Stories that the probes are made of.
    pub train: usize,
    /// Pairs that are pushed.
    pub pairs: usize,
    /// Pairs of which the rest of the story is told.
    pub told_of: usize,
    pub next: Vec<Next>,
    pub told: Vec<Outcome>,
}

/// What comes next after a push.
#[derive(Debug, Serialize, Deserialize)]
pub struct Next {
    pub place: usize,
    pub depth: usize,
    pub way: Way,
    /// How many pairs go on with the other thing, and how many with their own.
    pub other: usize,
    pub own: usize,
    /// How long the shift is, as a share of the vector; the median.
    pub length: f64,
}

/// What becomes of the story.
#[derive(Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// None: nothing is pushed.
    pub push: Option<(usize, usize, Way)>,
    /// How many are stories of the other thing to the last letter, and how many of their own.
    pub other: usize,
    pub own: usize,
    /// Of the rest, how many name the other thing next.
    pub broken_other: usize,
}
