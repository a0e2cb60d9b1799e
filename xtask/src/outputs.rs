//! Figures and pinned outputs, refreshed from the code.

use crate::chapters::chapters;
use crate::run::{cargo, run};
use anyhow::{Result, ensure};

/// Runs every chapter's experiment: it prints its findings and writes its figures.
pub fn figures() -> Result<()> {
    for chapter in chapters()?.iter().filter(|chapter| chapter.has_experiment) {
        run(cargo("run --quiet --release --package").arg(&chapter.package))?;
    }
    Ok(())
}

/// Runs every example and writes what it prints to `examples/<name>.stdout`.
pub fn outputs() -> Result<()> {
    for chapter in chapters()? {
        for example in &chapter.examples {
            let mut command = cargo("run --quiet --package");
            command.args([&chapter.package, "--example", example]);
            let output = command.stderr(std::process::Stdio::inherit()).output()?;
            ensure!(output.status.success(), "example {example} of {} failed", chapter.package);
            std::fs::write(chapter.folder.join("examples").join(format!("{example}.stdout")), output.stdout)?;
            println!("{}/examples/{example}.stdout", chapter.package);
        }
    }
    Ok(())
}
