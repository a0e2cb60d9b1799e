//! Figures and pinned outputs, refreshed from the code.

use crate::chapters::chapters;
use crate::run::{cargo, program, run};
use anyhow::{Context, Result, ensure};
use checks::examples;
use std::process::Stdio;

/// Runs every chapter's experiment: it writes its figures, and its findings are kept as
/// `experiment.stdout`.
pub fn figures() -> Result<()> {
    // All in one build: `cargo run --package X` would compile the dependencies anew for nearly every
    // X, with the features that X alone asks for.
    run(&mut cargo("build --release --bins"))?;
    let programs = checks::metadata().target_directory.join("release");
    for chapter in chapters() {
        let Some(experiment) = &chapter.experiment else { continue };
        let path = programs.join(format!("{experiment}{}", std::env::consts::EXE_SUFFIX));
        let mut command = program(path.as_str());
        let output =
            command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot run {path}"))?;
        ensure!(output.status.success(), "the experiment of {} failed", chapter.name);
        std::fs::write(chapter.folder.join("experiment.stdout"), output.stdout)?;
        println!("{}/experiment.stdout", chapter.name);
    }
    Ok(())
}

/// Runs every example and writes what it prints to `examples/<name>.stdout`.
pub fn outputs() -> Result<()> {
    let built = examples::build()?;
    for (example, output) in built.iter().zip(examples::each(&built, examples::Example::run)) {
        std::fs::write(example.pinned(), output?.stdout)?;
    }
    println!("{} outputs written beside the examples.", built.len());
    Ok(())
}
