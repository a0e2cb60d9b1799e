//! What the default run's choices gave, one after the other, at the same number of tokens; and the published setting on Shakespeare, with and without
//! better ones.

use crate::record::Trial;
use anyhow::Result;
use dfdx::prelude::Cpu;
use mini_gpt::corpus::{Source, Text};
use mini_gpt::data::Starts;
use mini_gpt::evaluate::Score;
use mini_gpt::parallel::Workers;
use mini_gpt::settings::Settings;
use mini_gpt::sizes::{Job, Size};
use mini_gpt::train::Run;
use mini_gpt::{Error, LanguageModel};
use std::path::Path;
use tokens::Tokenizer;

/// A run from beginning to end, judged by all held-out text.
struct Whole<'a> {
    settings: Settings,
    text: &'a Text,
}

impl Job<Cpu> for Whole<'_> {
    type Output = Result<Score, Error>;

    fn with<M: LanguageModel<Cpu>>(self) -> Self::Output {
        let mut run = Run::<M>::new(self.settings, self.text, &Cpu::default())?;
        let tokens = run.tokenizer.encode(&self.text.train);
        let Settings { context, steps, from_beginnings, .. } = run.settings;
        let starts = Starts::new(&tokens, context, &run.tokenizer, from_beginnings);
        let (workers, mut gradients) = (Workers::new(), Vec::new());
        for _ in 0..steps {
            run.step(&tokens, &starts, &workers, &mut gradients);
        }
        Ok(run.exam(&self.text.held_out, self.text.is_stories).score(&run.model, context, &workers))
    }
}

fn trial(
    name: &str,
    text: &Text,
    settings: &Settings,
    seeds: &[u64],
    of: impl Fn(Score) -> f64,
) -> Result<Trial> {
    let mut losses = Vec::new();
    for &seed in seeds {
        let settings = Settings { seed, ..settings.clone() };
        losses.push(of(settings.size.run(Whole { settings, text })?));
    }
    eprintln!("{name}: {losses:.4?}");
    Ok(Trial { name: name.to_owned(), losses })
}

/// Bits a character above the floor.
pub fn stories() -> Result<Vec<Trial>> {
    let text = Text::load(&Source::Stories)?;
    let last = Settings::stories();
    let slow = Settings { lr: 2e-3, ..last.clone() };
    let anywhere = Settings { from_beginnings: false, ..slow.clone() };
    let bytes = Settings {
        size: Size::Laptop,
        batch: 8,
        context: 256,
        steps: last.steps * 15 / 16,
        ..anywhere.clone()
    };
    let above = |score: Score| score.bits_per_char - score.floor_bits_per_char.unwrap_or(f64::NAN);
    [
        ("bytes, windows of 256 anywhere", bytes),
        ("byte-pair encoding, windows of 320", anywhere),
        ("windows begin where stories begin", slow),
        ("rate 0.003 instead of 0.002", last),
    ]
    .into_iter()
    .map(|(name, settings)| trial(name, &text, &settings, &[settings.seed], above))
    .collect()
}

/// Held-out loss in nats a character of the file that the published settings are for.
pub fn shakespeare(file: &Path) -> Result<Vec<Trial>> {
    let text = Text::load(&Source::File(file.to_owned()))?;
    let published = Settings::laptop();
    let faster = Settings { lr: 2e-3, ..published.clone() };
    let unclipped = Settings { clip: 100.0, ..faster.clone() };
    let smaller = Settings { batch: 6, steps: 4000, ..unclipped.clone() };
    let longer = Settings { batch: 3, context: 256, ..faster.clone() };
    [
        ("the published setting", published),
        ("rate 0.002 instead of 0.001", faster),
        ("also no clipping", unclipped),
        ("also 4000 steps of 6 windows", smaller),
        ("rate 0.002, 3 windows of 256", longer),
    ]
    .into_iter()
    .map(|(name, settings)| trial(name, &text, &settings, &[1, 2, 3], |score| score.loss))
    .collect()
}
