//! Figures and pinned outputs, refreshed from the code.

use crate::chapters::finished;
use crate::run::{cargo, program, run};
use anyhow::{Context, Result, ensure};
use checks::examples;
use std::process::Stdio;
use std::time::Instant;

/// Runs the experiment of every chapter that has a page: it writes its figures, and its findings are kept as
/// `experiment.stdout`.
pub fn figures() -> Result<()> {
    // All in one build: `cargo run --package X` would compile the dependencies anew for nearly every
    // X, with the features that X alone asks for. Only the chores need no second, faster program.
    run(&mut cargo("build --release --bins --workspace --exclude xtask"))?;
    let programs = checks::metadata().target_directory.join("release");
    // Most of an experiment is one thread's work, so several run at a time. The last chapters train the larger
    // models: they go first, so that none of them is left over for one core at the end.
    let mut chapters = finished();
    chapters.reverse();
    let outputs = examples::each(&chapters, |chapter| {
        let experiment = chapter.experiment.as_ref()?;
        let path = programs.join(format!("{experiment}{}", std::env::consts::EXE_SUFFIX));
        let (begun, output) = (Instant::now(), program(path.as_str()).stderr(Stdio::inherit()).output());
        println!("{}: {} s", chapter.name, begun.elapsed().as_secs());
        Some(output.with_context(|| format!("cannot run {path}")))
    });
    for (chapter, output) in chapters.iter().zip(outputs) {
        let Some(output) = output.transpose()? else { continue };
        ensure!(output.status.success(), "the experiment of {} failed", chapter.name);
        std::fs::write(chapter.folder.join("experiment.stdout"), output.stdout)?;
        println!("{}/experiment.stdout", chapter.name);
    }
    Ok(())
}

/// Runs every example and writes what it prints to `examples/<name>.stdout`, where that says something else.
pub fn outputs() -> Result<()> {
    let built = examples::build()?;
    for (example, output) in built.iter().zip(examples::each(&built, examples::Example::run)) {
        let (output, pinned) = (output?.stdout, std::fs::read(example.pinned()).unwrap_or_default());
        // Numbers of another machine that are near enough stay, so that the page's do.
        if !example.agrees(&pinned, &output) {
            std::fs::write(example.pinned(), output)?;
        }
    }
    println!("{} outputs written beside the examples.", built.len());
    Ok(())
}
