//! Judges are judged: beside each solution lie wrong ones, which the judge must refuse with a reason.

use checks::{chapters, files};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How many chapters there were when all of their judges had been judged: it may only grow. There is
/// no list of chapters, for none is excepted.
const CHAPTERS: usize = 16;

/// How many wrong solutions an exercise needs at least.
const WRONG: usize = 3;

/// The names of the Rust files in a folder, without their ending.
fn stems(folder: &Path) -> Vec<String> {
    let rust = files(folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    rust.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect()
}

/// What is wrong with a judge file, if anything: it must run the judge on every one of `wrong`, each
/// in a test of its own that expects a reason.
fn fault(exercise: &str, wrong: &[&str], judge: &str) -> Option<String> {
    // However rustfmt has broken the lines.
    let judge = judge.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
    if wrong.len() < WRONG {
        return Some(format!("{exercise} has {} wrong solutions, and needs {WRONG}", wrong.len()));
    }
    if !judge.contains(&format!("#[test] fn {exercise}() {{ judge")) {
        return Some(format!("nothing judges the answer to {exercise}"));
    }
    for what in wrong {
        let module = what.replace('-', "_");
        let path = format!("#[path = \"../../exercises/wrong/{exercise}-{what}.rs\"] mod {module};");
        if !judge.contains(&path) {
            return Some(format!("{exercise}-{what} is not given to the judge: {path}"));
        }
        let test =
            [format!("fn {module}() {{ judge({module}::"), format!("fn {module}() {{ judge!({module})")];
        let Some((before, _)) = test.iter().find_map(|test| judge.split_once(test)) else {
            return Some(format!("no test runs the judge on {exercise}-{what}"));
        };
        let attributes = before.rsplit_once("#[test] ").map_or("", |(_, attributes)| attributes);
        let expected = attributes.split_once("expected = \"").map_or("", |(_, expected)| expected);
        // Less than a few words is no reason.
        if !attributes.starts_with("#[should_panic(") || expected.trim_end_matches("\")] ").len() < 12 {
            return Some(format!("{exercise}-{what} must be refused with a reason: {attributes}"));
        }
    }
    // `zip` ends with the shorter list: an empty answer would be right.
    judge.contains("zip(").then(|| format!("the judge of {exercise} compares by zip: use same()"))
}

#[test]
fn every_wrong_solution_is_refused_with_a_reason() {
    let (mut judged, mut wrong_ones) = (0, 0);
    for chapter in chapters() {
        let exercises = stems(&chapter.folder.join("exercises"));
        judged += usize::from(!exercises.is_empty());
        let mut wrong: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let names = stems(&chapter.folder.join("exercises/wrong"));
        for name in &names {
            let (exercise, what) = name.split_once('-').unwrap_or((name, ""));
            let known = exercises.iter().any(|one| one == exercise);
            assert!(known && !what.is_empty(), "{}: {name} is wrong for no exercise", chapter.name);
            wrong.entry(exercise).or_default().push(what);
            wrong_ones += 1;
        }
        for exercise in &exercises {
            let path = chapter.folder.join("tests/exercises").join(format!("{exercise}.rs"));
            let judge = fs::read_to_string(path).unwrap_or_default();
            let wrong = wrong.get(exercise.as_str()).map(Vec::as_slice).unwrap_or_default();
            if let Some(fault) = fault(exercise, wrong, &judge) {
                panic!("{}: {fault}", chapter.name);
            }
        }
    }
    assert!(judged >= CHAPTERS, "{judged} chapters have exercises, and {CHAPTERS} had");
    println!("{wrong_ones} wrong solutions");
}

#[test]
fn a_judge_that_spares_a_wrong_solution_is_noticed() {
    let wrong = ["late", "empty", "by-one"];
    let path = |what: &str, module: &str| {
        format!("#[path = \"../../exercises/wrong/nor-{what}.rs\"]\nmod {module};\n")
    };
    let test = |module: &str, expected: &str| {
        format!(
            "#[test]\n#[should_panic(expected = \"{expected}\")]\nfn {module}() {{\n    judge({module}::nor);\n}}\n"
        )
    };
    let modules = path("late", "late") + &path("empty", "empty") + &path("by-one", "by_one");
    let answer = "#[test]\nfn nor() {\n    judge(answer::nor);\n}\n";
    let tests = |reason: &str| {
        test("late", "a reason of some words")
            + &test("empty", reason)
            + &test("by_one", "too late by one place")
    };
    let good = format!("{modules}{answer}{}", tests("3 numbers are expected"));
    assert_eq!(fault("nor", &wrong, &good), None);
    assert!(fault("nor", &wrong[..2], &good).unwrap().contains("has 2 wrong solutions"));
    let of = |judge: &str| fault("nor", &wrong, judge).unwrap_or_default();
    assert!(
        of(&format!("{modules}{}", tests("3 numbers are expected"))).contains("nothing judges the answer")
    );
    assert!(of(&format!("{modules}{answer}{}", tests(""))).contains("must be refused with a reason"));
    assert!(
        of(&good.replace("#[should_panic(expected = \"too late by one place\")]\n", ""))
            .contains("by-one must be")
    );
    assert!(
        of(&good.replace("judge(empty::nor)", "empty::nor()"))
            .contains("no test runs the judge on nor-empty")
    );
    assert!(
        of(&good.replace("nor-late.rs", "nor-later.rs")).contains("nor-late is not given to the judge")
    );
    assert!(of(&(good + "a.iter().zip(b)")).contains("compares by zip"));
}
