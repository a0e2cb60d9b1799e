//! Trains, and looks on.

use super::record::{Learned, PART, Snapshot};
use super::watch::Watch;
use crate::experiment::ledger::Ledger;
use crate::experiment::{Blocks, DEFAULT, SEEDS, kept_model};
use anyhow::{Context, Result, ensure};
use dfdx::prelude::{BuildModule, Cpu};
use gpt::checkpoint::{Checkpoint, save};
use gpt::corpus::{Source, Text};
use gpt::data::Starts;
use gpt::initialise::initialise;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel, Run, Settings};
use kernels::Workers;
use std::collections::BTreeSet;
use std::path::Path;
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

/// Trains models of each depth from each seed, and keeps each beside what was seen. The default run is not
/// made again: `steps` holds checkpoints that were copied while it trained.
pub fn measure(date: &str, steps: &Path) -> Result<()> {
    let text = Text::load(&Source::Stories)?;
    let shape = <Gpt<Blocks<4>> as LanguageModel<Cpu>>::SHAPE;
    let tokenizer = Tokens::learn(shape.vocabulary, &text.train)?;
    let lab = Lab {
        tokens: tokenizer.encode(&text.train),
        watch: Watch::new(&tokenizer, shape.max_context, shape.vocabulary)?,
        tokenizer,
        text,
    };
    // Long ones first, two of a length side by side.
    let [default, one, two] = SEEDS;
    let jobs = [(4, one), (4, two), (1, default), (1, one), (1, two), (4, default)];
    Ledger::open(PART, date)?.fill(
        PART,
        &jobs,
        |run: &Learned, (layers, seed)| (run.layers, run.seed) == (*layers, *seed),
        |(layers, seed)| match (layers, seed) {
            (1, _) => learn::<1>(&lab, seed),
            (_, DEFAULT) => look_back(&lab, steps),
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
    eprintln!(
        "{LAYERS} blocks, seed {seed}: {:.0} s, {:?}",
        begun.elapsed().as_secs_f64(),
        snapshots.last()
    );
    let folder = kept_model(LAYERS, seed);
    std::fs::create_dir_all(&folder)?;
    save(&folder, &run)?;
    Ok(Learned { layers: LAYERS, seed, tokens: lab.watch.tokens(), without: Vec::new(), snapshots })
}

/// What the default run was like at each of its checkpoints, and what it would have been like there without
/// the two heads that look at names at the end. The last is kept like the others' models.
fn look_back(lab: &Lab, steps: &Path) -> Result<Learned> {
    let files = std::fs::read_dir(steps)?.map(|file| Ok(file?.path())).collect::<Result<BTreeSet<_>>>()?;
    let mut runs: Vec<Run<Gpt<Blocks<4>>>> = Vec::new();
    for file in files {
        let run: Run<Gpt<Blocks<4>>> = Checkpoint::read(&file)?.restore(&Cpu::default())?;
        let is_default = run.settings.seed == DEFAULT && run.tokenizer == lab.tokenizer;
        ensure!(is_default, "{} is not of the default run", file.display());
        runs.push(run);
    }
    let step = |run: &Run<Gpt<Blocks<4>>>| run.optimiser.step;
    let snapshots: Vec<Snapshot> = runs.iter().map(|run| lab.watch.look(&run.model, step(run))).collect();
    let last = runs.last().context("there are no checkpoints")?;
    ensure!(step(last) == last.settings.steps, "the last checkpoint is not the end of the run");
    std::fs::create_dir_all(kept_model(4, DEFAULT))?;
    save(&kept_model(4, DEFAULT), last)?;
    let heads = snapshots[snapshots.len() - 1].lookers();
    let without = runs.iter().map(|run| lab.watch.look_without(&run.model, step(run), &heads)).collect();
    Ok(Learned { layers: 4, seed: DEFAULT, tokens: lab.watch.tokens(), without, snapshots })
}
