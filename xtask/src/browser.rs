//! The built book in a browser: axe-core in every theme, what fits on a phone, search, keyboard,
//! touch, paper.
//!
//! The checks themselves are scripts, in `xtask/browser`: they talk to the pages.

use crate::run::{on_path, program, root, run, tools};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a Chromium is called, from the likeliest on.
const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// npm, as the system starts it.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Checks the built book; saves pictures of all pages into `pictures`, if asked to, and looks only
/// at pages whose name contains `only`.
pub fn browser(pictures: Option<&Path>, only: Option<&str>) -> Result<()> {
    match missing() {
        Some(what) => bail!("{what}"),
        None => check(pictures, only),
    }
}

/// The same for those who check everything: where there is no browser, a line says so.
pub fn browser_if_installed() -> Result<()> {
    match missing() {
        Some(what) => {
            println!("The pages are not looked at in a browser: {what}");
            Ok(())
        }
        None => check(None, None),
    }
}

/// What is not installed, in a sentence that says what to do.
fn missing() -> Option<String> {
    if chromium().is_none() {
        return Some("install Chromium or Chrome, or name it in the variable CHROMIUM.".to_owned());
    }
    let node =
        version("node").and_then(|version| version.trim_start_matches('v').split('.').next()?.parse().ok());
    if node.is_none_or(|major: u32| major < 20) || version(NPM).is_none() {
        return Some("install Node.js 20 or newer, with npm.".to_owned());
    }
    None
}

/// The browser: what `CHROMIUM` names, or the first of the usual names that starts.
fn chromium() -> Option<PathBuf> {
    // Joined to a folder, an absolute path stays what it is.
    match std::env::var("CHROMIUM") {
        Ok(name) => on_path(&name),
        Err(_) => NAMES.iter().find_map(|name| on_path(name)),
    }
}

/// What a program says of its version, if it is there.
fn version(name: &str) -> Option<String> {
    let output = Command::new(name).arg("--version").stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn check(pictures: Option<&Path>, only: Option<&str>) -> Result<()> {
    let book = root().join("book").join("book");
    if !book.join("index.html").exists() {
        bail!("build the book first: cargo x book");
    }
    let modules = modules()?;
    let mut node = program("node");
    node.arg(root().join("xtask").join("browser").join("check.js")).arg(&book);
    node.arg(chromium().context("no Chromium")?).env("NODE_PATH", modules);
    if let Some(pictures) = pictures {
        // As the caller sees it, not as the root does.
        node.arg("--pictures").arg(std::path::absolute(pictures)?);
    }
    if let Some(only) = only {
        node.args(["--only", only]);
    }
    run(&mut node)
}

/// The folder with the driver and axe-core, installed once as the lock file says.
fn modules() -> Result<PathBuf> {
    let (from, place) = (root().join("xtask").join("browser"), tools().join("browser"));
    let lock = place.join("package-lock.json");
    let modules = place.join("node_modules");
    if !modules.exists() || std::fs::read(&lock).ok() != std::fs::read(from.join("package-lock.json")).ok()
    {
        println!("Installing axe-core and a driver for Chromium into target/tools/browser (once).");
        std::fs::create_dir_all(&place)?;
        for file in ["package.json", "package-lock.json"] {
            std::fs::copy(from.join(file), place.join(file))?;
        }
        let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        let installed = run(program(NPM).args(install).current_dir(&place));
        if installed.is_err() {
            // What is there by halves must not be taken for the whole next time.
            std::fs::remove_file(&lock).ok();
        }
        installed?;
    }
    Ok(modules)
}
