//! Trains, and looks on.

use super::record::{Learned, PART};
use super::watch::Watch;
use crate::experiment::ledger::Ledger;
use crate::experiment::{Blocks, DEPTHS, SEEDS, kept_model};
use anyhow::Result;
use dfdx::prelude::{BuildModule, Cpu};
use gpt::checkpoint::save;
use gpt::corpus::{Source, Text};
use gpt::data::Starts;
use gpt::initialise::initialise;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel, Run, Settings};
use kernels::Workers;
use std::time::Instant;
use tokens::Tokenizer;

/// Steps between looks.
const EVERY: usize = 50;

/// What all runs share.
struct Lab {
    text: Text,
    tokenizer: Tokens,
    tokens: Vec<usize>,
    watch: Watch,
}

/// Trains models of each depth from each seed, and keeps each beside what was seen.
pub fn measure(date: &str) -> Result<()> {
    let text = Text::load(&Source::Stories)?;
    let shape = <Gpt<Blocks<4>> as LanguageModel<Cpu>>::SHAPE;
    let tokenizer = Tokens::learn(shape.vocabulary, &text.train)?;
    let lab = Lab {
        tokens: tokenizer.encode(&text.train),
        watch: Watch::new(&tokenizer, shape.max_context, shape.vocabulary)?,
        tokenizer,
        text,
    };
    let jobs: Vec<(usize, u64)> =
        DEPTHS.iter().flat_map(|&layers| SEEDS.map(|seed| (layers, seed))).collect();
    Ledger::open(PART, date)?.fill(
        PART,
        &jobs,
        |run: &Learned, (layers, seed)| (run.layers, run.seed) == (*layers, *seed),
        |(layers, seed)| match layers {
            1 => learn::<1>(&lab, seed),
            2 => learn::<2>(&lab, seed),
            _ => learn::<4>(&lab, seed),
        },
    )
}

/// The default run with another seed or depth, and what it was like on the way.
fn learn<const LAYERS: usize>(lab: &Lab, seed: u64) -> Result<Learned> {
    let begun = Instant::now();
    let settings = Settings { seed, ..Settings::stories() };
    let mut model = Gpt::<Blocks<LAYERS>>::build(&Cpu::default());
    initialise(&mut model, seed);
    let mut run = Run::of(model, lab.tokenizer.clone(), settings, &lab.text);
    let Settings { context, steps, .. } = run.settings;
    let starts = Starts::new(&lab.tokens, context, &lab.tokenizer, true);
    let (workers, mut gradients, mut snapshots) = (Workers::alone(), Vec::new(), Vec::new());
    for step in 0..=steps {
        if step.is_multiple_of(EVERY) {
            snapshots.push(lab.watch.look(&run.model, step));
        }
        if step < steps {
            run.step(&lab.tokens, &starts, &workers, &mut gradients);
        }
    }
    eprintln!("{LAYERS} blocks, seed {seed}: {:.0} s, {:?}", begun.elapsed().as_secs_f64(), snapshots.last());
    let folder = kept_model(LAYERS, seed);
    std::fs::create_dir_all(&folder)?;
    save(&folder, &run)?;
    Ok(Learned { layers: LAYERS, seed, snapshots })
}
