//! The run that needs no arguments: train on stories, then write some.

use super::train;
use dfdx::prelude::AutoDevice;
use generation::{Sampling, write_many};
use gpt::checkpoint::Checkpoint;
use gpt::corpus::Source;
use gpt::data::ends_text;
use gpt::sizes::LaptopBpe;
use gpt::together::Alone;
use gpt::{Gpt, Run, Settings};
use kernels::Workers;
use language_models::story;
use mini_gpt::Error;
use mini_gpt::program::{note, say};
use std::path::{Path, PathBuf};
use tokens::Tokenizer;

/// Stories that it lets the model write and counts.
const SAMPLES: usize = 8;

/// Trains, or goes on, and shows what the model writes.
pub fn run(steps: Option<usize>) -> Result<(), Error> {
    let settings = Settings::stories();
    let settings = Settings { steps: steps.unwrap_or(settings.steps), ..settings };
    let folder = Path::new("runs/stories");
    let stored = stored(folder)?;
    note(format_args!(
        "Training a GPT on stories. Ctrl-C stops and keeps the work; the same command goes on."
    ));
    let run: Run<Gpt<LaptopBpe, f32, AutoDevice>> =
        train::trained(settings, stored, &Source::Stories, folder, false, &mut Alone)?;
    let prompts: Vec<(Vec<usize>, u64)> = (1..=SAMPLES as u64).map(|seed| (run.prompt(""), seed)).collect();
    // What does not end within the context is no story: it is broken off there.
    let (context, ends) = (run.settings.context, |written: &[usize]| ends_text(written, &run.tokenizer));
    let texts =
        write_many(&run.model, &prompts, context, context, Sampling::at(0.5), &Workers::new(), ends);
    let texts: Vec<String> = texts
        .iter()
        .map(|text| Ok(String::from_utf8_lossy(&run.tokenizer.decode(&text.tokens)?).into_owned()))
        .collect::<Result<_, gpt::Error>>()?;
    say(format_args!("\nThree of {SAMPLES} stories that it wrote:\n"))?;
    for text in texts.iter().take(3) {
        say(format_args!("{}\n", text.trim_end()))?;
    }
    let told = texts.iter().filter(|text| story::read(text).is_ok()).count();
    say(format_args!("{told} of the {SAMPLES} could have been told by the grammar, to the last letter."))?;
    say(format_args!("The loss is drawn in {}. Try next:", folder.join("loss.svg").display()))?;
    say(format_args!(
        "  cargo run --release -p mini-gpt -- generate --model runs/stories --prompt \"Long ago there lived a brave girl\""
    ))?;
    say(format_args!("  cargo run --release -p mini-gpt -- eval --model runs/stories"))?;
    say(format_args!(
        "  cargo run --release -p mini-gpt -- train --size laptop-bpe --from-beginnings --steps 9000 --batch 6 --context 320 --lr 0.003 --min-lr 0.0001 --out runs/longer"
    ))?;
    Ok(())
}

/// The run in `folder` if it is not finished. One that is makes room.
fn stored(folder: &Path) -> Result<Option<Checkpoint>, Error> {
    if !Checkpoint::is_in(folder) {
        return Ok(None);
    }
    let stored = Checkpoint::read(folder)?;
    if stored.header.step < stored.header.settings.steps {
        return Ok(Some(stored));
    }
    let kept = set_aside(folder)?;
    note(format_args!("The finished run before is now in {}.", kept.display()));
    Ok(None)
}

/// Renames the folder of a finished run to the first free `<folder>-<n>`.
fn set_aside(folder: &Path) -> Result<PathBuf, Error> {
    let name = |n: usize| {
        let mut name = folder.as_os_str().to_owned();
        name.push(format!("-{n}"));
        PathBuf::from(name)
    };
    let free = (1..=usize::MAX).map(name).find(|path| !path.exists()).expect("some number is free");
    std::fs::rename(folder, &free).map_err(|source| gpt::Error::Write { path: free.clone(), source })?;
    Ok(free)
}
