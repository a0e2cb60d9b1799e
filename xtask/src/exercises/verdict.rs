//! What becomes of one exercise: its judge is run in a process of its own, for a limited time.

use super::compile::plain_paths;
use crate::chapters::Chapter;
use anyhow::{Context, Result, bail};
use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::Duration;
use wait_timeout::ChildExt;

/// What the judge of an exercise may take.
pub struct Limits {
    /// Judges take well under a second; whoever needs much longer will not end.
    pub time: Duration,
    /// Bytes: a loop that never ends and keeps what it makes would fill the machine sooner than its
    /// time is up.
    pub memory: u64,
}

/// The limits for readers.
pub const LIMITS: Limits = Limits { time: Duration::from_secs(10), memory: 4 << 30 };

/// How much of what an exercise prints is shown.
const SHOWN: u64 = 1 << 16;

/// What can become of an exercise.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The judge is content.
    Solved,
    /// A `todo!()` was met, with this text.
    NotBegun { todo: String },
    /// What the judge says.
    Wrong(String),
    /// The exercise itself panics: place and message.
    Panics(String),
    /// What the compiler says.
    DoesNotCompile(String),
    /// The time, of so many seconds, was up.
    NeverEnds(u64),
    /// The process ended without a verdict: why.
    Crashes(String),
}

impl Verdict {
    /// In two or three words.
    pub fn name(&self) -> &'static str {
        match self {
            Verdict::Solved => "solved",
            Verdict::NotBegun { .. } => "not begun",
            Verdict::Wrong(_) => "wrong",
            Verdict::Panics(_) => "panics",
            Verdict::DoesNotCompile(_) => "does not compile",
            Verdict::NeverEnds(_) => "never ends",
            Verdict::Crashes(_) => "crashes",
        }
    }

    /// What there is to say about it.
    pub fn text(&self) -> String {
        match self {
            Verdict::Solved => String::new(),
            Verdict::NotBegun { todo } if todo.is_empty() => String::new(),
            Verdict::NotBegun { todo } => format!("to write: {todo}"),
            Verdict::NeverEnds(seconds) => format!("stopped after {seconds} seconds"),
            Verdict::Wrong(text)
            | Verdict::Panics(text)
            | Verdict::DoesNotCompile(text)
            | Verdict::Crashes(text) => text.clone(),
        }
    }
}

/// Runs the judge of one exercise.
pub fn judge(program: &Path, chapter: &Chapter, name: &str, limits: &Limits) -> Result<Verdict> {
    let test = format!("{name}::{name}");
    let mut command = Command::new(program);
    command.args(["--exact", &test]).current_dir(&chapter.folder).env("RUST_BACKTRACE", "0");
    let Some((status, stdout, stderr)) = run(&mut command, limits)? else {
        return Ok(Verdict::NeverEnds(limits.time.as_secs()));
    };
    verdict(&test, status, &stdout, &stderr).with_context(|| format!("{}: no judge {test}", chapter.name))
}

/// Runs a program for a limited time: how it ended and what it printed, or nothing if it was stopped.
///
/// It prints into files: a pipe that nobody reads would fill up and stop it.
fn run(command: &mut Command, limits: &Limits) -> Result<Option<(ExitStatus, String, String)>> {
    let (mut stdout, mut stderr) = (tempfile::tempfile()?, tempfile::tempfile()?);
    command.stdin(std::process::Stdio::null()).stdout(stdout.try_clone()?).stderr(stderr.try_clone()?);
    let mut child =
        with_little_memory(limits.memory, || command.spawn())?.context("cannot start a judge")?;
    let Some(status) = child.wait_timeout(limits.time)? else {
        child.kill()?;
        child.wait()?;
        return Ok(None);
    };
    let printed = |file: &mut std::fs::File| -> Result<String> {
        file.rewind()?;
        let mut bytes = Vec::new();
        file.take(SHOWN).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    Ok(Some((status, printed(&mut stdout)?, printed(&mut stderr)?)))
}

/// Calls `spawn` while the limit that a child inherits is low. (Linux heeds it; macOS does not.)
#[cfg(unix)]
fn with_little_memory<T>(bytes: u64, spawn: impl FnOnce() -> T) -> Result<T> {
    use rlimit::Resource;
    let (soft, hard) = Resource::DATA.get()?;
    Resource::DATA.set(soft.min(bytes), hard)?;
    let result = spawn();
    Resource::DATA.set(soft, hard)?;
    Ok(result)
}

/// Calls `spawn`: there is no such limit here.
#[cfg(not(unix))]
fn with_little_memory<T>(_bytes: u64, spawn: impl FnOnce() -> T) -> Result<T> {
    Ok(spawn())
}

/// Reads the verdict from what a test program printed.
fn verdict(test: &str, status: ExitStatus, stdout: &str, stderr: &str) -> Result<Verdict> {
    if stdout.contains("running 0 tests") {
        bail!("the program has no such test");
    }
    let ended = |word: &str| stdout.contains(&format!("test result: {word}"));
    if ended("ok") && status.success() {
        return Ok(Verdict::Solved);
    }
    if !ended("FAILED") {
        return Ok(Verdict::Crashes(cause(status, stderr)));
    }
    let said = stdout.split_once(&format!("---- {test} stdout ----\n")).map_or("", |(_, said)| said);
    let said = said.split("\n\nfailures:\n").next().unwrap_or_default();
    Ok(panic(&plain_paths(said), test))
}

/// What a failed test said: its panic, after what the exercise printed.
fn panic(said: &str, test: &str) -> Verdict {
    let name = test.split("::").next().unwrap_or_default();
    let Some((printed, rest)) = said.split_once("\nthread '") else {
        return Verdict::Wrong(said.trim().to_owned());
    };
    let (head, message) = rest.split_once('\n').unwrap_or((rest, ""));
    let place = head.split_once("panicked at ").map_or("", |(_, place)| place).trim_end_matches(':');
    let message =
        message.split("\nnote: run with `RUST_BACKTRACE=1`").next().unwrap_or_default().trim_end();
    if let Some(todo) = message.strip_prefix("not yet implemented") {
        return Verdict::NotBegun { todo: todo.trim_start_matches(':').trim().to_owned() };
    }
    let printed = printed.trim();
    let printed = if printed.is_empty() { String::new() } else { format!("printed:\n{printed}\n\n") };
    if place.contains(&format!("tests/exercises/{name}.rs")) || place.contains("tests/judges/") {
        Verdict::Wrong(printed + message)
    } else {
        Verdict::Panics(format!("{printed}{place}: {message}"))
    }
}

/// Why a process ended without a verdict.
fn cause(status: ExitStatus, stderr: &str) -> String {
    if stderr.contains("has overflowed its stack") {
        return "the stack is full: a function that calls itself must end somewhere".to_owned();
    }
    if let Some(line) = stderr.lines().find(|line| line.starts_with("memory allocation of")) {
        return format!("the memory is full ({line}): what grows without end?");
    }
    let why = format!("the process ended ({status}) before the judge had a verdict");
    format!("{why}\n{}", stderr.trim()).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(place: &str, message: &str) -> String {
        format!(
            "\nrunning 1 test\ntest nor::nor ... FAILED\n\nfailures:\n\n---- nor::nor stdout ----\n\
             x = 3\n\nthread 'nor::nor' (7) panicked at {place}:\n{message}\n\
             note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n\n\n\
             failures:\n    nor::nor\n\ntest result: FAILED. 0 passed; 1 failed\n"
        )
    }

    fn read(stdout: &str, code: &str, stderr: &str) -> Verdict {
        let status = Command::new("cargo").arg(code).output().unwrap().status;
        verdict("nor::nor", status, stdout, stderr).unwrap()
    }

    #[test]
    fn the_judge_is_heard_and_told_from_a_panic_of_the_exercise_and_from_a_todo() {
        let judge = "chapters/01-neurons/tests/exercises/nor.rs:9:5";
        let own = "chapters/01-neurons/tests/exercises/../../exercises/nor.rs:3:1";
        let wrong = read(&failed(judge, "nor of 0 and 0 is 1\n  not 0"), "no-such-command", "");
        assert_eq!(wrong, Verdict::Wrong("printed:\nx = 3\n\nnor of 0 and 0 is 1\n  not 0".to_owned()));
        let todo = read(&failed(own, "not yet implemented: choose weights"), "no-such-command", "");
        assert_eq!(todo, Verdict::NotBegun { todo: "choose weights".to_owned() });
        let panics = read(&failed(own, "index out of bounds"), "no-such-command", "").text();
        assert!(
            panics.ends_with("chapters/01-neurons/exercises/nor.rs:3:1: index out of bounds"),
            "{panics}"
        );
    }

    #[test]
    fn no_verdict_is_no_success() {
        let ok = "running 1 test\ntest nor::nor ... ok\n\ntest result: ok. 1 passed\n";
        assert_eq!(read(ok, "version", ""), Verdict::Solved);
        assert!(matches!(read("running 1 test\n", "version", ""), Verdict::Crashes(_)));
        let full =
            read("running 1 test\n", "no-such-command", "\nthread 'nor::nor' has overflowed its stack\n");
        assert!(full.text().starts_with("the stack is full"));
        let status = Command::new("cargo").arg("version").output().unwrap().status;
        assert!(verdict("nor::nor", status, "running 0 tests\n\ntest result: ok. 0 passed\n", "").is_err());
    }
}
