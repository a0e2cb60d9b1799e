//! Compiling the judges of a chapter, with all of its exercises that compile.
//!
//! The flags go to the compiler of the judges alone (`cargo rustc … -- --cfg`), so the chapter itself
//! is not built again for the reader's exercises. All exercises are tried together; only when that
//! fails are those that break it left out, by `--cfg broken="name"`, and the rest is tried again.

use crate::chapters::Chapter;
use crate::run::cargo;
use anyhow::{Context, Result, bail};
use cargo_metadata::Message;
use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel, DiagnosticSpan};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The steps of cargo that are shown.
const SHOWN: [&str; 5] = ["Compiling", "Downloading", "Downloaded", "Updating", "Blocking"];

/// Whose code is judged: it lies in the chapter's folder of this name.
#[derive(Clone, Copy, PartialEq)]
pub enum Whose {
    /// The reader's, in `exercises/`.
    Reader,
    /// The book's, in `solutions/`.
    Book,
}

impl Whose {
    pub fn folder(self) -> &'static str {
        match self {
            Whose::Reader => "exercises",
            Whose::Book => "solutions",
        }
    }
}

/// The program of a chapter's judges, and what could not be put into it.
pub struct Judges {
    /// The test program.
    pub program: PathBuf,
    /// The exercises that do not compile, with what the compiler says about each.
    pub broken: BTreeMap<String, String>,
}

/// Compiles the judges of a chapter.
pub fn compile(chapter: &Chapter, names: &[String], whose: Whose) -> Result<Judges> {
    let mut broken = BTreeMap::new();
    loop {
        let Attempt { program, errors, said } = attempt(chapter, whose, broken.keys())?;
        if let Some(program) = program {
            return Ok(Judges { program, broken });
        }
        let before = broken.len();
        let mut elsewhere = Vec::new();
        for error in errors {
            match culprit(&error, names) {
                // The first error of an exercise is the one to mend first.
                Some(name) => drop(broken.entry(name).or_insert_with(|| shown(&error))),
                None => elsewhere.push(shown(&error)),
            }
        }
        if broken.len() == before {
            let errors = if elsewhere.is_empty() { said } else { elsewhere.join("\n") };
            bail!("the judges of {} do not compile:\n{errors}", chapter.name);
        }
    }
}

/// What one run of the compiler gives.
struct Attempt {
    /// The program, if there is one.
    program: Option<PathBuf>,
    errors: Vec<Diagnostic>,
    /// What cargo said besides.
    said: String,
}

/// One run of the compiler.
fn attempt<'a>(
    chapter: &Chapter,
    whose: Whose,
    broken: impl Iterator<Item = &'a String>,
) -> Result<Attempt> {
    let mut command = cargo("rustc --test exercises --package");
    let colours = std::io::stdout().is_terminal();
    let format = if colours { "json-diagnostic-rendered-ansi" } else { "json" };
    command.arg(&chapter.package).arg(format!("--message-format={format}")).current_dir(&chapter.folder);
    let mut flags = Vec::new();
    if whose == Whose::Reader {
        flags.extend(["--cfg".to_owned(), "feature=\"exercises\"".to_owned()]);
    }
    flags.extend(broken.flat_map(|name| ["--cfg".to_owned(), format!("broken={name:?}")]));
    if !flags.is_empty() {
        command.arg("--").args(flags);
    }
    let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().context("cannot start cargo")?;
    let output = child.stdout.take().context("cargo without an output")?;
    let steps = child.stderr.take().context("cargo without an output")?;
    // The first time it takes minutes: show that it goes on. What it says at the end is not for
    // readers, who get the errors one exercise at a time.
    let steps = std::thread::spawn(move || {
        let mut said = String::new();
        for line in BufReader::new(steps).lines().map_while(Result::ok) {
            if SHOWN.iter().any(|word| line.trim_start().starts_with(word)) {
                eprintln!("{line}");
            }
            said.extend([&line, "\n"]);
        }
        said
    });
    let (mut program, mut errors) = (None, Vec::new());
    for message in Message::parse_stream(BufReader::new(output)) {
        match message? {
            Message::CompilerArtifact(artifact) if artifact.target.name == "exercises" => {
                program = artifact.executable.map(PathBuf::from);
            }
            // The last error only counts the others, and has no place.
            Message::CompilerMessage(message)
                if message.message.level == DiagnosticLevel::Error && !message.message.spans.is_empty() =>
            {
                errors.push(message.message);
            }
            _ => {}
        }
    }
    let said = steps.join().unwrap_or_default();
    if !child.wait()?.success() {
        program = None;
    }
    Ok(Attempt { program, errors, said })
}

/// The exercise in which an error lies, or whose judge it keeps from compiling.
fn culprit(error: &Diagnostic, names: &[String]) -> Option<String> {
    let (primary, others): (Vec<_>, Vec<_>) = error.spans.iter().partition(|span| span.is_primary);
    primary.into_iter().chain(others).flat_map(places).find_map(|file| exercise_in(&file, names))
}

/// The file of a span, and those of the macros that led there.
fn places(span: &DiagnosticSpan) -> Vec<String> {
    let outer = span.expansion.as_ref().map(|expansion| places(&expansion.span)).unwrap_or_default();
    std::iter::once(span.file_name.clone()).chain(outer).collect()
}

/// `attend` for `…/exercises/attend.rs`, `…/solutions/attend.rs` and `…/tests/exercises/attend.rs`.
fn exercise_in(file: &str, names: &[String]) -> Option<String> {
    let path = Path::new(file);
    let folder = path.parent()?.file_name()?;
    let stem = path.file_stem()?.to_str()?;
    let ours = folder == "exercises" || folder == "solutions";
    names.iter().find(|name| ours && *name == stem).cloned()
}

/// What the compiler says, with paths as one types them.
fn shown(error: &Diagnostic) -> String {
    let text = error.rendered.as_deref().unwrap_or(&error.message);
    plain_paths(text.trim_end())
}

/// Paths without the way round through the judges' folder.
pub fn plain_paths(text: &str) -> String {
    text.replace("tests/exercises/../../", "").replace("tests\\exercises\\../../", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_laid_at_the_door_of_its_exercise() {
        let names = ["attend".to_owned(), "leak".to_owned()];
        let of = |file: &str| exercise_in(file, &names);
        let through = "chapters/08-attention/tests/exercises/../../exercises/attend.rs";
        assert_eq!(of(through).as_deref(), Some("attend"));
        assert_eq!(of("chapters/08-attention/tests/exercises/leak.rs").as_deref(), Some("leak"));
        assert_eq!(of("chapters/08-attention/tests/exercises/main.rs"), None);
        assert_eq!(of("chapters/08-attention/src/attend.rs"), None);
        assert_eq!(plain_paths(through), "chapters/08-attention/exercises/attend.rs");
    }
}
