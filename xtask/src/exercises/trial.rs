//! A trial of all that can become of an exercise, on a small chapter made for it.

use super::verdict::{Limits, Verdict, judge};
use super::{Whose, compile, names};
use crate::chapters::Chapter;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Duration;

const MANIFEST: &str = "[package]\nname = \"trial\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                        [features]\nexercises = []\n[workspace]\n";

const SOLUTION: &str = "pub fn answer(x: u32) -> u32 { 2 * x }";

/// The exercises: each is to return 6 for 3.
const EXERCISES: [(&str, &str); 11] = [
    ("exits", "pub fn answer(x: u32) -> u32 { std::process::exit(x as i32 - 3) }"),
    ("forgets_a_type", "pub fn answer(x) -> u32 { 2 * x }"),
    ("fills_memory", "pub fn answer(x: u32) -> u32 { let mut v = vec![]; loop { v.push(x); } }"),
    ("never_ends", "pub fn answer(x: u32) -> u32 { loop { std::hint::black_box(x); } }"),
    ("other_signature", "pub fn answer() -> u32 { 6 }"),
    ("panics", "pub fn answer(x: u32) -> u32 { [6][x as usize] }"),
    ("recurses", "pub fn answer(x: u32) -> u32 { 1 + answer(std::hint::black_box(x)) }"),
    ("solved", "pub fn answer(x: u32) -> u32 { 2 * x }"),
    ("to_begin", "pub fn answer(x: u32) -> u32 { todo!(\"double {x}\") }"),
    ("wrong", "pub fn answer(x: u32) -> u32 { println!(\"x = {x}\"); x * x }"),
    ("wrong_type", "pub fn answer(x: u32) -> u32 { format!(\"{x}\") }"),
];

/// Writes the chapter.
fn chapter(folder: &Path) -> Chapter {
    for sub in ["src", "exercises", "solutions", "tests/exercises"] {
        fs::create_dir_all(folder.join(sub)).unwrap();
    }
    fs::write(folder.join("Cargo.toml"), MANIFEST).unwrap();
    fs::write(folder.join("src/lib.rs"), "").unwrap();
    let mut main = "#![allow(unexpected_cfgs, unconditional_recursion, unused)]\n".to_owned();
    for (name, text) in EXERCISES {
        fs::write(folder.join(format!("exercises/{name}.rs")), text).unwrap();
        fs::write(folder.join(format!("solutions/{name}.rs")), SOLUTION).unwrap();
        let judge = format!(
            "#[cfg_attr(feature = \"exercises\", path = \"../../exercises/{name}.rs\")]\n\
             #[cfg_attr(not(feature = \"exercises\"), path = \"../../solutions/{name}.rs\")]\n\
             mod own;\n\
             #[test]\nfn {name}() {{\n\
                 let y = own::answer(3);\n\
                 assert!(y == 6, \"twice 3 is 6, not {{y}}\");\n\
             }}\n"
        );
        fs::write(folder.join(format!("tests/exercises/{name}.rs")), judge).unwrap();
        writeln!(main, "#[cfg(not(broken = \"{name}\"))]\nmod {name};").unwrap();
    }
    fs::write(folder.join("tests/exercises/main.rs"), main).unwrap();
    Chapter { name: "trial".into(), package: "trial".into(), folder: folder.to_owned(), experiment: None }
}

#[test]
fn every_exercise_gets_its_own_verdict_whatever_the_others_do() {
    let folder = tempfile::tempdir().unwrap();
    let chapter = chapter(folder.path());
    let names = names(&chapter);
    assert_eq!(names.len(), EXERCISES.len());
    // Long enough to fill so little memory on a busy machine.
    let limits = Limits { time: Duration::from_secs(50), memory: 1 << 29 };
    let judges = compile::compile(&chapter, &names, Whose::Reader).unwrap();
    let broken: Vec<&str> = judges.broken.keys().map(String::as_str).collect();
    assert_eq!(broken, ["forgets_a_type", "other_signature", "wrong_type"]);
    assert!(judges.broken["wrong_type"].contains("mismatched types"), "{:?}", judges.broken);
    assert!(judges.broken["wrong_type"].contains("exercises/wrong_type.rs:1:"), "{:?}", judges.broken);

    let verdict = |name: &str| judge(&judges.program, &chapter, name, &limits).unwrap();
    assert_eq!(verdict("solved"), Verdict::Solved);
    assert_eq!(verdict("to_begin"), Verdict::NotBegun { todo: "double 3".to_owned() });
    assert_eq!(verdict("wrong"), Verdict::Wrong("printed:\nx = 3\n\ntwice 3 is 6, not 9".to_owned()));
    let panics = verdict("panics");
    assert!(
        matches!(panics, Verdict::Panics(_)) && panics.text().contains("index out of bounds"),
        "{panics:?}"
    );
    let short = Limits { time: Duration::from_secs(2), ..limits };
    let endless = judge(&judges.program, &chapter, "never_ends", &short).unwrap();
    assert_eq!(endless, Verdict::NeverEnds(2));
    assert!(verdict("recurses").text().starts_with("the stack is full"), "{:?}", verdict("recurses"));
    assert!(matches!(verdict("exits"), Verdict::Crashes(_)), "{:?}", verdict("exits"));
    // Only Linux heeds the limit; elsewhere the time ends it, if the memory lasts so long.
    if cfg!(target_os = "linux") {
        assert!(
            verdict("fills_memory").text().starts_with("the memory is full"),
            "{:?}",
            verdict("fills_memory")
        );
    }

    let book = compile::compile(&chapter, &names, Whose::Book).unwrap();
    for name in &names {
        assert_eq!(judge(&book.program, &chapter, name, &limits).unwrap(), Verdict::Solved, "{name}");
    }
}
