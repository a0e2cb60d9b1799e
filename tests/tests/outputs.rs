//! What pages show is what programs print.

use checks::{chapters, files, root};
use std::path::PathBuf;
use std::process::Command;

fn cargo() -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.current_dir(root());
    command
}

#[test]
fn every_pinned_output_is_what_the_program_prints() {
    for chapter in chapters() {
        for example in &chapter.examples {
            let output = cargo()
                .args(["run", "--quiet", "--package", &chapter.name, "--example", example])
                .output()
                .unwrap();
            assert!(output.status.success(), "{}: {example} fails", chapter.name);
            let pinned = chapter.folder.join("examples").join(format!("{example}.stdout"));
            let pinned = std::fs::read_to_string(&pinned).unwrap_or_else(|_| {
                panic!("{example} of {} has no pinned output: run cargo x outputs", chapter.name)
            });
            assert_eq!(
                String::from_utf8_lossy(&output.stdout),
                pinned,
                "{example}: if this is right, run cargo x outputs"
            );
        }
    }
}

/// The compiled dfdx that this test itself was linked with, and the folder of everything it needs.
fn dfdx() -> (PathBuf, PathBuf) {
    let folder = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let is_dfdx = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libdfdx-") && name.ends_with(".rlib")
    };
    let newest = files(&folder)
        .into_iter()
        .filter(is_dfdx)
        .max_by_key(|path| path.metadata().unwrap().modified().unwrap());
    (newest.expect("dfdx is a dependency of this test"), folder)
}

#[test]
fn programs_that_must_not_compile_fail_with_the_message_on_the_page() {
    let (library, folder) = dfdx();
    let mut count = 0;
    for chapter in chapters() {
        for program in files(&chapter.folder.join("errors"))
            .into_iter()
            .filter(|f| f.extension().is_some_and(|e| e == "rs"))
        {
            let output = Command::new("rustc")
                .current_dir(program.parent().unwrap().parent().unwrap())
                .args([
                    "--edition",
                    "2024",
                    "--crate-name",
                    "mistake",
                    "--emit=metadata",
                    "-A",
                    "warnings",
                    "--out-dir",
                ])
                .arg(std::env::temp_dir())
                .arg("--extern")
                .arg(format!("dfdx={}", library.display()))
                .arg("-L")
                .arg(format!("dependency={}", folder.display()))
                .arg(format!("errors/{}", program.file_name().unwrap().to_string_lossy()))
                .output()
                .unwrap();
            assert!(!output.status.success(), "{} compiles", program.display());
            let message = without_paths(&String::from_utf8_lossy(&output.stderr));
            let pinned = program.with_extension("stderr");
            if std::env::var_os("UPDATE_ERRORS").is_some() {
                std::fs::write(&pinned, &message).unwrap();
            }
            let pinned = std::fs::read_to_string(&pinned).unwrap();
            // Compilers word their notes differently from release to release: the error itself and
            // its place must agree.
            assert_eq!(
                essence(&message),
                essence(&pinned),
                "UPDATE_ERRORS=1 cargo test -p checks refreshes the message"
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
    message
        .lines()
        .map(shorten)
        .filter(|line| !line.contains("long-type"))
        .map(|line| line + "\n")
        .collect()
}

/// The lines that say what is wrong and where.
fn essence(message: &str) -> Vec<&str> {
    message.lines().filter(|line| line.starts_with("error") || line.contains("--> errors/")).collect()
}
