//! Running other programs.

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

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
    let begun = Instant::now();
    let status = command.status().with_context(|| format!("cannot start: {line}"))?;
    println!("({} s)", begun.elapsed().as_secs());
    ensure!(status.success(), "failed ({status}): {line}");
    Ok(())
}

/// Where tools that the chores need are installed: they belong to the working copy alone.
pub fn tools() -> PathBuf {
    root().join("target").join("tools")
}

/// The path of a program from crates.io in exactly this version: the one on the `PATH`, if it is of
/// this version, else one that is installed once under `target/tools`.
pub fn tool(package: &str, binary: &str, version: &str) -> Result<PathBuf> {
    let place = tools().join(package);
    let path = place.join("bin").join(format!("{binary}{}", std::env::consts::EXE_SUFFIX));
    if path.exists() {
        return Ok(path);
    }
    if let Some(path) = on_path(binary).filter(|path| is_version(path, version)) {
        return Ok(path);
    }
    println!("Installing {package} {version} into target/tools (once; it takes some minutes).");
    // A target folder of its own: the workspace's flags and features must not touch it. It is
    // removed afterwards.
    let build = tools().join("build");
    let mut install = cargo("install --locked --quiet");
    install.args([package, "--version", version, "--root"]).arg(&place).arg("--target-dir").arg(&build);
    // A tool runs for moments: less time to compile is worth more than speed.
    install.envs([("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"), ("CARGO_PROFILE_RELEASE_LTO", "off")]);
    // Not in the workspace's folder, whose settings would apply.
    install.current_dir(std::env::temp_dir());
    run(&mut install)?;
    std::fs::remove_dir_all(&build).ok();
    Ok(path)
}

/// The first program of this name in the folders of `PATH`, with the system's ending or without.
pub fn on_path(binary: &str) -> Option<PathBuf> {
    let names = [binary.to_owned(), format!("{binary}{}", std::env::consts::EXE_SUFFIX)];
    std::env::split_paths(&std::env::var_os("PATH")?)
        .flat_map(|folder| names.each_ref().map(|name| folder.join(name)))
        .find(|path| path.is_absolute() && path.is_file())
}

/// Does the program say that it is of this version?
fn is_version(path: &Path, version: &str) -> bool {
    let answer = Command::new(path).arg("--version").stdin(Stdio::null()).output();
    answer.is_ok_and(|answer| {
        let text = String::from_utf8_lossy(&answer.stdout).into_owned();
        text.split_whitespace().any(|word| word.trim_start_matches('v') == version)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_on_the_path_is_taken_in_the_right_version_only() {
        let cargo = on_path("cargo").unwrap();
        let text = Command::new(&cargo).arg("--version").output().unwrap().stdout;
        let version = String::from_utf8(text).unwrap().split(' ').nth(1).unwrap().to_owned();
        assert!(is_version(&cargo, &version));
        assert!(!is_version(&cargo, &version[1..]) && !is_version(&cargo, "0.0.1"));
        assert_eq!(on_path("no-such-program"), None);
    }
}
