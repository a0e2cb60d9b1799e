//! Exercises: a judge a chapter's exercise says whether the reader's code, or the book's own solution,
//! is right, and if not, what is wrong.
//!
//! Each exercise is compiled with the others of its chapter, but judged in a process of its own: what
//! does not compile, never ends or takes the process with it hides no other.

mod compile;
mod hints;
#[cfg(test)]
mod trial;
mod verdict;

use crate::chapters::{Chapter, chapters};
use anyhow::{Result, ensure};
use compile::Whose;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use verdict::{LIMITS, Verdict};

/// What a reader can ask for.
#[derive(clap::Args)]
pub struct Choice {
    /// Only this chapter
    chapter: Option<String>,
    /// Only this exercise of it
    exercise: Option<String>,
    /// Print one hint, the first or the one of this number, and judge nothing
    #[arg(long, num_args = 0..=2, value_names = ["EXERCISE", "NUMBER"])]
    hint: Option<Vec<String>>,
    /// Judge the book's own solutions instead of yours
    #[arg(long, conflicts_with = "hint")]
    solutions: bool,
}

/// Judges or hints. Readers' unsolved exercises are no failure; unsolved solutions are.
pub fn exercises(choice: &Choice) -> Result<()> {
    let all = chapters();
    let chapter = choice.chapter.as_deref().map(|name| chapter_named(&all, name));
    if let Some(chapter) = chapter
        && let Some(exercise) = &choice.exercise
    {
        exercise_of(chapter, exercise);
    }
    if let Some(words) = &choice.hint {
        return hint(&all, chapter, choice.exercise.as_deref(), words);
    }
    let whose = if choice.solutions { Whose::Book } else { Whose::Reader };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut open = None;
    for chapter in all.iter().filter(|one| chapter.is_none_or(|chosen| chosen.name == one.name)) {
        for (name, verdict) in judge(chapter, whose, choice.exercise.as_deref())? {
            *counts.entry(verdict.name()).or_default() += 1;
            if verdict != Verdict::Solved && open.is_none() {
                open = Some((chapter.name.clone(), name));
            }
        }
    }
    let total: usize = counts.values().sum();
    let parts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    println!("\n{total} exercises: {}.", parts.join(", "));
    ensure!(whose == Whose::Reader || open.is_none(), "some of the book's own solutions fail");
    if let Some((chapter, name)) = open {
        println!("For a hint: cargo x exercises {chapter} --hint {name}");
    }
    Ok(())
}

/// Fails unless every starter compiles and its judge meets a `todo!()`.
pub fn starters() -> Result<()> {
    for chapter in chapters() {
        for (name, verdict) in judge(&chapter, Whose::Reader, None)? {
            let begun = !matches!(verdict, Verdict::NotBegun { .. });
            ensure!(!begun, "the starter of {}/{name} is not one that waits to be begun", chapter.name);
        }
    }
    Ok(())
}

/// Judges the exercises of a chapter, or one of them, and prints each verdict as it comes.
fn judge(chapter: &Chapter, whose: Whose, only: Option<&str>) -> Result<Vec<(String, Verdict)>> {
    let names = names(chapter);
    if names.is_empty() {
        return Ok(Vec::new());
    }
    println!("\n{}", chapter.name);
    let judges = compile::compile(chapter, &names, whose)?;
    let mut verdicts = Vec::new();
    for name in names.into_iter().filter(|name| only.is_none_or(|only| only == name)) {
        let verdict = match judges.broken.get(&name) {
            Some(error) => Verdict::DoesNotCompile(error.clone()),
            None => verdict::judge(&judges.program, chapter, &name, &LIMITS)?,
        };
        let path = chapter.folder.join(whose.folder()).join(format!("{name}.rs"));
        println!("  {:<16} {name:<20} {}", verdict.name(), relative(&path));
        for line in verdict.text().lines() {
            println!("{}", format!("      {line}").trim_end());
        }
        verdicts.push((name, verdict));
    }
    Ok(verdicts)
}

/// Prints one hint.
fn hint(
    all: &[Chapter],
    chapter: Option<&Chapter>,
    exercise: Option<&str>,
    words: &[String],
) -> Result<()> {
    // `attention attend --hint 2` and `attention --hint attend 2` mean the same.
    let number = words.last().and_then(|word| word.parse::<usize>().ok());
    let named = &words[..words.len() - usize::from(number.is_some())];
    let (Some(name), true) = (named.first().map(String::as_str).or(exercise), named.len() < 2) else {
        refuse("`--hint` wants the name of an exercise and, from the second on, the number of the hint");
    };
    let chapter = chapter.or_else(|| all.iter().find(|chapter| names(chapter).iter().any(|n| n == name)));
    let Some(chapter) = chapter else {
        let every: Vec<String> = all.iter().flat_map(names).collect();
        refuse(&format!("no chapter has an exercise `{name}`{}", meant(name, &every)));
    };
    exercise_of(chapter, name);
    let path = chapter.folder.join("exercises").join(format!("{name}.rs"));
    let (hints, number) = (hints::of(&std::fs::read_to_string(&path)?), number.unwrap_or(1));
    let count = hints.len();
    let Some(text) = number.checked_sub(1).and_then(|index| hints.get(index)) else {
        refuse(&format!("`{name}` has {count} hints: there is none of the number {number}"));
    };
    println!("Hint {number} of {count} for {name} ({}):\n\n  {text}\n", relative(&path));
    if number < count {
        println!("The next: cargo x exercises {} --hint {name} {}", chapter.name, number + 1);
    }
    Ok(())
}

/// The names of a chapter's exercises, in order.
fn names(chapter: &Chapter) -> Vec<String> {
    let entries = std::fs::read_dir(chapter.folder.join("solutions")).into_iter().flatten().flatten();
    let paths =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let mut names: Vec<String> =
        paths.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    names
}

/// The chapter of this name (`attention`, or its folder: `08-attention`); no other is taken for it.
fn chapter_named<'a>(all: &'a [Chapter], name: &str) -> &'a Chapter {
    let is = |chapter: &&Chapter| chapter.name == name || chapter.folder.ends_with(name);
    if let Some(chapter) = all.iter().find(is) {
        return chapter;
    }
    if let Some(chapter) = all.iter().find(|chapter| names(chapter).iter().any(|exercise| exercise == name))
    {
        let package = &chapter.name;
        refuse(&format!("`{name}` is an exercise of {package}: cargo x exercises {package} {name}"));
    }
    let packages: Vec<String> = all.iter().map(|chapter| chapter.name.clone()).collect();
    refuse(&format!("there is no chapter `{name}`{}", meant(name, &packages)))
}

/// Refuses a name that no exercise of the chapter has.
fn exercise_of(chapter: &Chapter, name: &str) {
    let names = names(chapter);
    if !names.iter().any(|one| one == name) {
        refuse(&format!("{} has no exercise `{name}`{}", chapter.name, meant(name, &names)));
    }
}

/// The name that was probably meant, and all that there are.
fn meant(name: &str, names: &[String]) -> String {
    let likeness = |other: &String| strsim::jaro_winkler(name, other);
    let nearest = names.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let nearest = nearest.filter(|other| likeness(other) > 0.8);
    let guess = nearest.map(|other| format!("; did you mean `{other}`?")).unwrap_or_default();
    format!("{guess}\n  there are: {}", names.join(", "))
}

/// Says what is wrong with the command, and ends with the code for wrong usage.
fn refuse(message: &str) -> ! {
    eprintln!("error: {message}");
    std::process::exit(2)
}

/// A path as one types it in the root.
fn relative(path: &Path) -> String {
    let root = crate::run::root().canonicalize().unwrap_or_default();
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let parts: PathBuf = path.strip_prefix(&root).map(Path::to_owned).unwrap_or(path);
    parts.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use checks::commands::{all, is_placeholder};
    use clap::Parser;

    #[test]
    fn a_likely_name_is_offered_and_an_unlikely_one_is_not() {
        let names = ["neurons", "tokens", "attention"].map(str::to_owned);
        assert!(meant("nuerons", &names).starts_with("; did you mean `neurons`?"));
        assert!(meant("xyz", &names).starts_with("\n  there are: neurons, tokens, attention"));
    }

    /// The words behind `cargo x …`.
    #[derive(Parser)]
    struct Words {
        #[command(flatten)]
        choice: Choice,
    }

    #[test]
    fn pages_name_chapters_and_exercises_that_there_are() {
        let (chapters, mut read) = (chapters(), 0);
        let every: Vec<String> = chapters.iter().flat_map(names).collect();
        for command in all() {
            let words = command.given_to("xtask").unwrap_or_default();
            if words.first().is_none_or(|chore| chore != "exercises") {
                continue;
            }
            let Ok(Words { choice }) = Words::try_parse_from(words) else { continue };
            let hint = choice.hint.iter().flatten().next();
            for name in choice.exercise.iter().chain(hint).filter(|name| !is_placeholder(name)) {
                assert!(every.contains(name), "{}: no exercise {name}", command.place);
            }
            for name in choice.chapter.iter().filter(|name| !is_placeholder(name)) {
                assert!(
                    chapters.iter().any(|one| one.name == *name),
                    "{}: no chapter {name}",
                    command.place
                );
                read += 1;
            }
        }
        assert!(read >= 16, "only {read} commands with a chapter: are they still written like this?");
    }

    #[test]
    fn every_chapter_has_exercises_with_hints() {
        for chapter in chapters() {
            for name in names(&chapter) {
                let path = chapter.folder.join("exercises").join(format!("{name}.rs"));
                let hints = hints::of(&std::fs::read_to_string(path).unwrap());
                assert!(!hints.is_empty(), "{}/{name} has no hint", chapter.name);
            }
        }
    }
}
