//! The model that is looked into, and stories for it.

use super::exam::generator;
use anyhow::{Result, bail};
use data_quality::reading::as_read;
use dfdx::prelude::Cpu;
use gpt::checkpoint::Checkpoint;
use gpt::sizes::LaptopBpe;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, Run, Settings};
use interpretability::pairs::{Mention, beats, ends, mentions};
use language_models::story::{self, Plot, Slot};
use rand::RngCore;
use std::ops::Range;
use std::path::Path;

/// How many tokens the model sees.
pub const CONTEXT: usize = 320;
/// Places between the blocks, and before and behind them.
pub const DEPTHS: usize = 5;
/// Numbers of a vector of the stream.
pub const WIDTH: usize = 128;

/// The model of the default run of `mini-gpt`, which lies in `folder`, and its tokens.
pub fn trained(folder: &Path) -> Result<(Gpt<LaptopBpe>, Tokens)> {
    let run: Run<Gpt<LaptopBpe>> = Checkpoint::read(folder)?.restore(&Cpu::default())?;
    if run.settings != (Settings { steps: run.settings.steps, ..Settings::stories() }) {
        bail!("this needs the model of the default run: cargo run --release -p mini-gpt");
    }
    Ok((run.model, run.tokenizer))
}

/// Draws for one purpose: no two purposes share a story.
pub fn draws(purpose: u64) -> impl RngCore {
    generator(1600 + purpose)
}

/// A story as the model reads it, and where in its tokens is what.
#[derive(Debug)]
pub struct Seen {
    pub plot: Plot,
    pub tokens: Vec<usize>,
    /// The last token that is wholly told when a beat is over; for each beat.
    pub behind: Vec<usize>,
    /// The tokens of each mention.
    pub mentions: Vec<(Slot, Range<usize>)>,
}

impl Seen {
    /// Of a story of the grammar.
    pub fn of(story: &str, tokenizer: &Tokens) -> Result<Self> {
        let tokens = as_read(story, tokenizer, CONTEXT);
        let ends = ends(&tokens, tokenizer);
        let read = beats(story)?;
        let before = |byte: usize| ends.partition_point(|&end| end <= byte) - 1;
        let within =
            |bytes: Range<usize>| before(bytes.start) + 1..ends.partition_point(|&end| end < bytes.end) + 1;
        Ok(Self {
            plot: read.plot,
            behind: read.bytes.iter().map(|bytes| before(bytes.end)).collect(),
            mentions: mentions(story)?
                .into_iter()
                .map(|Mention { slot, bytes }| (slot, within(bytes)))
                .collect(),
            tokens,
        })
    }

    /// Where a slot is told, halfway to where it is told again, and just before that; none if it is not.
    pub fn places(&self, slot: Slot) -> Option<[usize; 3]> {
        let mut of_slot = self.mentions.iter().filter(|(other, _)| *other == slot);
        let (first, second) = (&of_slot.next()?.1, &of_slot.next()?.1);
        let (told, needed) = (first.end - 1, second.start - 1);
        (needed > told + 1 && needed < self.tokens.len()).then_some([
            told,
            usize::midpoint(told, needed),
            needed,
        ])
    }
}

/// `count` stories that fit into the model's window, and how many were told until there were so many.
pub fn stories(purpose: u64, count: usize, tokenizer: &Tokens) -> Result<(Vec<Seen>, usize)> {
    let mut rng = draws(purpose);
    let (mut found, mut told) = (Vec::with_capacity(count), 0);
    while found.len() < count {
        let story = Seen::of(&story::tell(&mut rng), tokenizer)?;
        told += 1;
        // Of a longer one the last tokens are cut off.
        if story.behind[story.behind.len() - 1] < story.tokens.len() && story.tokens.len() <= CONTEXT {
            found.push(story);
        }
    }
    Ok((found, told))
}
