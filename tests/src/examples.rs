//! The examples of all chapters, built in one pass.
//!
//! `cargo run --package X --example Y` chooses features for X alone, so cargo compiles the
//! dependencies anew for nearly every X. One build of the whole workspace chooses as
//! `cargo test --workspace` does: after it, nothing is left to compile.

use crate::root;
use cargo_metadata::{Artifact, Message, TargetKind};
use std::io::{BufReader, Error, Result};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

/// Examples whose numbers depend on the machine, and how far each number may be from the pinned one.
///
/// - `peak`: a product packs its numbers into room as large as the processor's caches ask for: 2 megabytes
///   more on an AMD EPYC (Zen 3) than on the Intel Xeon of the page.
const OF_THE_MACHINE: [(&str, f64); 1] = [("peak", 3.0)];

/// An example as cargo has built it.
#[derive(Debug)]
pub struct Example {
    /// The folder of the chapter that it belongs to.
    pub chapter: PathBuf,
    /// Its name.
    pub name: String,
    /// The program.
    pub program: PathBuf,
}

impl Example {
    /// Where its output is kept: `examples/<name>.stdout` of its chapter.
    pub fn pinned(&self) -> PathBuf {
        self.chapter.join("examples").join(format!("{}.stdout", self.name))
    }

    /// Runs it in the root.
    ///
    /// # Errors
    ///
    /// When it cannot be started, or fails: then with what it wrote to its standard error.
    pub fn run(&self) -> Result<Output> {
        let output = Command::new(&self.program).current_dir(root()).stdin(Stdio::null()).output()?;
        if output.status.success() {
            return Ok(output);
        }
        let message = String::from_utf8_lossy(&output.stderr);
        Err(Error::other(format!("{} failed ({}):\n{message}", self.name, output.status)))
    }

    /// Whether it has printed what is pinned; where its numbers depend on the machine, nearly that.
    pub fn agrees(&self, pinned: &[u8], output: &[u8]) -> bool {
        let tolerance = OF_THE_MACHINE.iter().find(|(name, _)| *name == self.name).map(|(_, far)| *far);
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        pinned == output || tolerance.is_some_and(|far| close(&text(pinned), &text(output), far))
    }
}

/// Whether `output` is `pinned`, but for numbers that are at most `tolerance` apart.
fn close(pinned: &str, output: &str, tolerance: f64) -> bool {
    let (mut pinned, mut output) = (pinned.split_whitespace(), output.split_whitespace());
    loop {
        match (pinned.next(), output.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => match (a.parse::<f64>(), b.parse::<f64>()) {
                (Ok(a), Ok(b)) if (a - b).abs() <= tolerance => {}
                _ => return false,
            },
            _ => return false,
        }
    }
}

/// Builds the examples of the workspace, with what they are made of: all that cargo says of it.
fn artifacts() -> Result<Vec<Artifact>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut build = Command::new(cargo)
        .current_dir(root())
        .args(["build", "--quiet", "--workspace", "--examples", "--message-format=json-render-diagnostics"])
        .stdout(Stdio::piped())
        .spawn()?;
    let answer = build.stdout.take().map(BufReader::new);
    let mut artifacts = Vec::new();
    for message in answer.into_iter().flat_map(Message::parse_stream) {
        if let Message::CompilerArtifact(artifact) = message? {
            artifacts.push(artifact);
        }
    }
    let status = build.wait()?;
    if !status.success() {
        return Err(Error::other(format!("cargo could not build the examples ({status})")));
    }
    Ok(artifacts)
}

/// Builds the examples of the workspace and says where they are, in the order of their chapters.
///
/// # Errors
///
/// When one does not compile (the compiler's message has gone to the standard error), or two have one
/// name: cargo writes all examples into one folder.
pub fn build() -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    for artifact in artifacts()? {
        if artifact.target.kind.contains(&TargetKind::Example)
            && let (Some(program), Some(chapter)) = (artifact.executable, artifact.manifest_path.parent())
        {
            examples.push(Example {
                chapter: chapter.into(),
                name: artifact.target.name,
                program: program.into(),
            });
        }
    }
    let mut programs: Vec<_> = examples.iter().map(|example| &example.program).collect();
    programs.sort();
    if let Some(twice) = programs.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Error::other(format!("two examples are {}: rename one", twice[0].display())));
    }
    examples.sort_by(|a, b| (&a.chapter, &a.name).cmp(&(&b.chapter, &b.name)));
    Ok(examples)
}

/// The files of libraries that the examples are built with. In cargo's folder there may be others of
/// their names, built for other features.
///
/// # Errors
///
/// When something does not compile, or no example needs a library of one of these names.
pub fn libraries(names: &[&str]) -> Result<Vec<PathBuf>> {
    let artifacts = artifacts()?;
    let file = |name: &&str| {
        let is_it = |artifact: &&Artifact| artifact.target.name == **name && artifact.executable.is_none();
        let mut files = artifacts.iter().filter(is_it).flat_map(|artifact| &artifact.filenames);
        let found = files.find(|file| file.extension() == Some("rlib"));
        found.map(Into::into).ok_or_else(|| Error::other(format!("no example is built with {name}")))
    };
    names.iter().map(file).collect()
}

/// What `f` gives for each of `items`, in their order; as many at a time as there are cores.
pub fn each<I: Sync, T: Send>(items: &[I], f: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = Mutex::new(items.iter().enumerate());
    let work = || {
        let take = || next.lock().ok()?.next();
        std::iter::from_fn(take).map(|(i, item)| (i, f(item))).collect::<Vec<_>>()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut answers: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    answers.sort_by_key(|(i, _)| *i);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::close;

    #[test]
    fn only_numbers_may_differ_and_only_so_far() {
        assert!(close("8 windows  78  94\n", "8 windows  78  96\n", 3.0));
        assert!(!close("8 windows 94", "8 windows 98", 3.0), "too far");
        assert!(!close("8 windows 94", "8 rows 94", 3.0), "another word");
        assert!(!close("8 windows 94", "8 windows", 3.0), "a number less");
        assert!(!close("8 windows", "8 windows 94", 3.0), "a number more");
    }
}
