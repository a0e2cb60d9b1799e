//! What pages show is what programs print.

use checks::{chapters, examples, files};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Columns that the compiler is told it has. It shortens what it can, and goes beyond where it
/// cannot.
const WIDTH: usize = 100;
/// The compiler whose messages are recorded. Others word their help differently.
const RECORDED: &str = "rustc 1.95.";
/// Columns that a listing has on a page.
const LISTING: usize = 108;

#[test]
fn every_pinned_output_is_what_the_program_prints() {
    let built = examples::build().unwrap();
    let named = chapters().iter().map(|chapter| chapter.examples.len()).sum::<usize>();
    assert_eq!(built.len(), named, "cargo builds other examples than the chapters have");
    let wrong = examples::each(&built, |example| {
        let output = match example.run() {
            Ok(output) => output.stdout,
            Err(error) => return Some(error.to_string()),
        };
        let pinned = fs::read(example.pinned()).ok();
        let difference = match pinned {
            None => "has no pinned output".to_owned(),
            Some(pinned) if example.agrees(&pinned, &output) => return None,
            Some(pinned) => {
                let [pinned, output] = [&pinned, &output].map(|text| String::from_utf8_lossy(text));
                format!("prints\n{output}\nwhere this is pinned:\n{pinned}")
            }
        };
        Some(format!(
            "{}: {difference}\nIf this is right, run cargo x outputs.",
            example.pinned().display()
        ))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The folder of everything that this test itself was linked with.
fn compiled() -> PathBuf {
    std::env::current_exe().unwrap().parent().unwrap().to_owned()
}

#[test]
fn programs_that_must_not_compile_fail_with_the_message_on_the_page() {
    const LIBRARIES: [&str; 2] = ["dfdx", "transformer"];
    let built = examples::libraries(&LIBRARIES).expect("the examples are built");
    let libraries: Vec<String> =
        LIBRARIES.iter().zip(built).map(|(name, file)| format!("{name}={}", file.display())).collect();
    let version = Command::new("rustc").arg("--version").output().unwrap().stdout;
    let recorded = String::from_utf8_lossy(&version).starts_with(RECORDED);
    let update = std::env::var_os("UPDATE_ERRORS").is_some();
    assert!(recorded || !update, "RECORDED, and the pages, still say {RECORDED}");
    let mut count = 0;
    for chapter in chapters() {
        for program in files(&chapter.folder.join("errors"))
            .into_iter()
            .filter(|f| f.extension().is_some_and(|e| e == "rs"))
        {
            let output = Command::new("rustc")
                .current_dir(program.parent().unwrap().parent().unwrap())
                .args(["--edition", "2024", "--crate-name", "mistake", "--emit=metadata", "-A", "warnings"])
                .arg(format!("--diagnostic-width={WIDTH}"))
                .arg("--out-dir")
                .arg(std::env::temp_dir())
                .args(libraries.iter().flat_map(|library| ["--extern", library]))
                .arg("-L")
                .arg(format!("dependency={}", compiled().display()))
                .arg(format!("errors/{}", program.file_name().unwrap().to_string_lossy()))
                .output()
                .unwrap();
            assert!(!output.status.success(), "{} compiles", program.display());
            let message = without_paths(&String::from_utf8_lossy(&output.stderr));
            let pinned = program.with_extension("stderr");
            if update {
                std::fs::write(&pinned, &message).unwrap();
            }
            let pinned = std::fs::read_to_string(&pinned).unwrap();
            let advice = "UPDATE_ERRORS=1 cargo test --workspace --test outputs refreshes the message";
            assert_eq!(essence(&message), essence(&pinned), "{advice}");
            // The help, which pages explain, changes from release to release.
            assert!(
                !recorded || message == pinned,
                "{}: the compiler says\n{message}\nwhere this is pinned:\n{pinned}\n{advice}",
                program.display()
            );
            count += 1;
        }
    }
    assert!(count > 0);
}

/// The message without the paths of this machine's copy of dfdx.
fn without_paths(message: &str) -> String {
    let shorten = |line: &str| match line.split_once("--> ") {
        Some((indent, path)) if path.contains("/dfdx-") => {
            let place = path.split("/dfdx-").last().unwrap_or_default();
            format!("{indent}--> dfdx-{place}")
        }
        _ => line.to_owned(),
    };
    let lines = message.lines().map(shorten).filter(|line| !line.contains("long-type"));
    lines.map(|line| wrapped(&line) + "\n").collect()
}

/// A line that is wider than a listing in several: broken at spaces, the rest under the text of the
/// first, behind the same bar.
fn wrapped(line: &str) -> String {
    let width = |text: &str| text.chars().count();
    // Marks under code that is broken itself: beyond the edge there is nothing that they mark.
    if line.chars().all(|c| " |+".contains(c)) {
        return line.chars().take(LISTING).collect::<String>().trim_end().to_owned();
    }
    let is_number = |bar: &usize| line[..*bar].trim().parse::<usize>().is_ok();
    let text = match (line.find("= "), line.find('|').filter(is_number)) {
        _ if line.starts_with("error") => 0,
        (_, Some(bar)) => bar + 2,
        (Some(note), _) if line[..note].trim().is_empty() => note + 2,
        _ => line.find(char::is_alphanumeric).unwrap_or(0),
    };
    let bar = |c: char| if c == '|' { '|' } else { ' ' };
    let indent: String = line[..text].chars().map(bar).collect();
    let mut lines = vec![String::new()];
    for word in line.split_inclusive(' ') {
        let last = lines.last().map_or(0, |last| width(last));
        if last + width(word.trim_end()) > LISTING && last > width(&indent) {
            lines.push(indent.clone());
        }
        lines.last_mut().into_iter().for_each(|last| last.push_str(word));
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_wide_line_of_the_compiler_is_broken_at_its_spaces() {
    for (beginning, rest) in
        [("  = note: ", "    "), ("error: ", ""), ("   |  ^^ ", "   |     "), ("12 | ) ", "   | ")]
    {
        let line = format!("{beginning}{}", "word ".repeat(30));
        let broken = wrapped(&line);
        assert!(broken.lines().all(|line| line.chars().count() <= LISTING), "{broken}");
        assert!(broken.lines().count() > 1 && broken.starts_with(beginning));
        assert!(broken.lines().skip(1).all(|line| line.starts_with(&format!("{rest}word"))), "{broken}");
    }
    assert_eq!(wrapped("  |     ^^^ short"), "  |     ^^^ short");
    assert_eq!(wrapped(&format!("   | {}", "+".repeat(200))), format!("   | {}", "+".repeat(103)));
}

/// The lines that say what is wrong and where.
fn essence(message: &str) -> Vec<&str> {
    message.lines().filter(|line| line.starts_with("error") || line.contains("--> errors/")).collect()
}
