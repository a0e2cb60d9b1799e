//! Running other programs.

use anyhow::{Context, Result, ensure};
use std::path::PathBuf;
use std::process::Command;

/// The root of the workspace.
pub fn root() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), ".."].iter().collect()
}

/// A program, to be run in the root.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// `cargo` with arguments parted by spaces.
pub fn cargo(arguments: &str) -> Command {
    let mut command = program(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.args(arguments.split_whitespace());
    command
}

/// Says what is run, runs it, and fails if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).collect();
    let line = words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    println!("$ {line}");
    let status = command.status().with_context(|| format!("cannot start: {line}"))?;
    ensure!(status.success(), "failed ({status}): {line}");
    Ok(())
}

/// Where tools that the chores need are installed: they belong to the working copy alone.
pub fn tools() -> PathBuf {
    root().join("target").join("tools")
}

/// The path of a program from crates.io in exactly this version: installed once, under
/// `target/tools`.
pub fn tool(package: &str, binary: &str, version: &str) -> Result<PathBuf> {
    let path = tools().join(package).join("bin").join(binary);
    if !path.exists() {
        println!("Installing {package} {version} into target/tools (once; it takes some minutes).");
        let place = tools().join(package);
        // A target folder of its own: the workspace's flags and features must not touch it. It is
        // removed afterwards.
        let build = tools().join("build");
        let mut install = cargo("install --locked --quiet");
        install.args([package, "--version", version, "--root"]).arg(&place).arg("--target-dir").arg(&build);
        // Not in the workspace's folder, whose settings would apply.
        install.current_dir(std::env::temp_dir());
        run(&mut install)?;
        std::fs::remove_dir_all(&build).ok();
    }
    Ok(path)
}
