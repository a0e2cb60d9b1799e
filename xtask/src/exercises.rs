//! Exercises: one test file a chapter judges the book's solutions, or with the feature `exercises`
//! the reader's code.

use crate::chapters::chapters;
use crate::run::cargo;
use anyhow::{Result, bail};
use std::path::Path;

/// Runs the judges and says what is solved. Readers' unsolved exercises are no failure; unsolved
/// solutions are.
pub fn exercises(only: Option<&str>, solutions: bool) -> Result<()> {
    let mut unsolved = 0;
    for chapter in chapters()? {
        let judge = chapter.folder.join("tests").join("exercises.rs");
        if !judge.exists() || only.is_some_and(|name| name != chapter.package) {
            continue;
        }
        let mut command = cargo("test --quiet --test exercises --package");
        command.arg(&chapter.package);
        if !solutions {
            command.args(["--features", "exercises"]);
        }
        let output = command.args(["--", "--format=pretty"]).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let verdicts = || text.lines().filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "));
        if verdicts().count() == 0 {
            bail!(
                "the exercises of {} do not compile:\n{}",
                chapter.package,
                String::from_utf8_lossy(&output.stderr)
            );
        }
        println!("\n{}", chapter.package);
        for (name, verdict) in verdicts() {
            let solved = verdict.starts_with("ok");
            unsolved += usize::from(!solved);
            println!("  {} {name}", if solved { "solved  " } else { "unsolved" });
            if !solved {
                let place = chapter.folder.join(if solutions { "solutions" } else { "exercises" });
                println!("{}", hint(&place.join(format!("{name}.rs"))));
            }
        }
    }
    println!();
    if solutions && unsolved > 0 {
        bail!("{unsolved} of the book's own solutions fail");
    }
    println!("{unsolved} to go. Edit the files under chapters/*/exercises and run this again.");
    Ok(())
}

/// The hints of an exercise: the lines of its head after `# Hints`.
fn hint(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.strip_prefix("//!"));
    let hints =
        lines.skip_while(|line| line.trim() != "# Hints").skip(1).filter(|line| !line.trim().is_empty());
    hints.map(|line| format!("            {}", line.trim())).collect::<Vec<_>>().join("\n")
}
