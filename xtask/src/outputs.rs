//! Figures and pinned outputs, refreshed from the code.

use crate::chapters::chapters;
use crate::run::cargo;
use anyhow::{Result, ensure};
use checks::examples;
use std::process::Stdio;

/// Runs every chapter's experiment: it writes its figures, and its findings are kept as
/// `experiment.stdout`.
pub fn figures() -> Result<()> {
    for chapter in chapters()? {
        let Some(experiment) = &chapter.experiment else { continue };
        let mut command = cargo("run --quiet --release --package");
        command.args([&chapter.package, "--bin", experiment]);
        let output = command.stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "the experiment of {} failed", chapter.package);
        std::fs::write(chapter.folder.join("experiment.stdout"), output.stdout)?;
        println!("{}/experiment.stdout", chapter.package);
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
