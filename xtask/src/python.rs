//! Python environments of the working copy's own.

use crate::run::{program, root, run, tools};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// The interpreter of an environment with what `requirements` lists, made once in
/// `target/tools/<name>`.
pub fn environment(name: &str, requirements: &str) -> Result<PathBuf> {
    let place = tools().join(name);
    let python = place.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let requirements = root().join(requirements);
    let installed = place.join("requirements.txt");
    if std::fs::read(&requirements)? != std::fs::read(&installed).unwrap_or_default() {
        println!("Making a Python environment in target/tools/{name} (once).");
        let system = if cfg!(windows) { "python" } else { "python3" };
        run(program(system).args(["-m", "venv"]).arg(&place)).context("Python 3 with venv is needed")?;
        run(program(&python.to_string_lossy())
            .args(["-m", "pip", "install", "--quiet", "-r"])
            .arg(&requirements))?;
        std::fs::copy(&requirements, &installed)?;
    }
    Ok(python)
}
