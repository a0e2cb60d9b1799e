//! The commands that pages, comments and notebooks give the reader to type, and what is wrong with
//! them.

mod cargo;
mod shell;
mod workspace;

pub use workspace::Workspace;

use crate::{files, notebook, pages, root, rust_files};
use cargo::Cargo;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::fs;
use std::path::Path;

/// A command that somebody is to type.
#[derive(Debug)]
pub struct Command {
    /// The file that it stands in.
    pub place: String,
    /// Its words; the first is `cargo`.
    pub words: Vec<String>,
}

impl Command {
    /// What the program of `package` is given, if this command starts it.
    pub fn given_to(&self, package: &str) -> Option<Vec<String>> {
        match Cargo::read(&self.words).ok()? {
            Cargo::Other(words) if package == "xtask" && words[0] == "x" => Some(words[1..].to_vec()),
            Cargo::Run(of) if of.package == [package] && of.example.is_empty() => Some(of.words),
            _ => None,
        }
    }
}

/// All commands of the repository that begin with `cargo`.
pub fn all() -> Vec<Command> {
    let root = root();
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    let mut found = Vec::new();
    let mut keep = |place: &str, commands: Vec<Vec<String>>| {
        let command = |words| Command { place: place.to_owned(), words };
        found.extend(commands.into_iter().map(command));
    };
    for page in pages() {
        keep(&format!("book/src/{}.md", page.name), in_markdown(&page.text));
    }
    for path in [&root, &root.join(".github"), &root.join("notebooks")].into_iter().flat_map(|at| files(at))
    {
        let place = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
        match path.extension().and_then(|end| end.to_str()) {
            Some("md") => keep(&place, in_markdown(&read(&path))),
            Some("ipynb") => {
                keep(
                    &place,
                    notebook::prose(&read(&path)).iter().flat_map(|cell| in_markdown(cell)).collect(),
                );
            }
            _ => {}
        }
    }
    for folder in ["chapters", "figures", "fuzz/fuzz_targets", "fuzz/src", "programs", "tests", "xtask/src"]
    {
        for path in rust_files(&root.join(folder)) {
            let place = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
            keep(&place, in_markdown(&comments(&read(&path))));
        }
    }
    // What the program itself says the reader can do next.
    let printed = "programs/mini-gpt/default_run.txt";
    keep(printed, shell::commands(&read(&root.join(printed))));
    found
}

/// The commands in code blocks and code spans.
pub fn in_markdown(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut block: Option<String> = None;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => block = Some(String::new()),
            Event::Text(line) if block.is_some() => block.iter_mut().for_each(|block| *block += &line),
            Event::End(TagEnd::CodeBlock) => {
                found.extend(block.take().iter().flat_map(|block| shell::commands(block)));
            }
            Event::Code(span) => found.extend(shell::commands(&span)),
            _ => {}
        }
    }
    found
}

/// The comments of a Rust file: they are Markdown, or nearly.
fn comments(rust: &str) -> String {
    let text = |line: &str| match line.trim_start().strip_prefix("//") {
        Some(comment) => comment.strip_prefix(['/', '!']).unwrap_or(comment).to_owned() + "\n",
        None => "\n".to_owned(),
    };
    rust.lines().map(text).collect()
}

/// Whether a word stands for something that the reader puts in its place: `<name>`, `DATE`, `…`.
pub fn is_placeholder(word: &str) -> bool {
    let capital = |c: char| c.is_ascii_uppercase() || c == '_';
    let all_capital = !word.is_empty() && word.chars().all(capital);
    all_capital || word == "…" || (word.starts_with('<') && word.ends_with('>'))
}

/// What is wrong with the commands that start the program of `package`, which reads its command line
/// as `parser` says.
pub fn misunderstood(package: &str, parser: &clap::Command) -> Vec<String> {
    let commands = all();
    let given: Vec<_> =
        commands.iter().filter_map(|command| Some((command, command.given_to(package)?))).collect();
    assert!(!given.is_empty(), "no page starts {package}: are commands still written like this?");
    let complaint = |(command, given): &(&Command, Vec<String>)| {
        let fault = fault(given, parser)?;
        Some(format!("{}: {}\n{fault}", command.place, command.words.join(" ")))
    };
    given.iter().filter_map(complaint).collect()
}

/// What `parser` does not understand of the words that a program is given.
pub fn fault(words: &[String], parser: &clap::Command) -> Option<String> {
    // `cargo x …`: the rest is left out.
    let (words, open) = match words.split_last() {
        Some((last, words)) if last == "…" => (words, true),
        _ => (words, false),
    };
    let name = parser.get_name().to_owned();
    let error = parser.clone().try_get_matches_from(std::iter::once(&name).chain(words)).err()?;
    let stands_for_a_value = || match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) => is_placeholder(value),
        _ => false,
    };
    let allowed = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => true,
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand => open,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => stands_for_a_value(),
        _ => false,
    };
    (!allowed).then(|| error.to_string())
}
