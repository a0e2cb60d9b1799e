//! What one runs before a commit: the checks of what was touched.

use crate::run::{cargo, program, run};
use anyhow::{Result, ensure};
use cargo_metadata::{Metadata, Package};
use std::process::Command;
use std::time::Instant;

/// The crate with the checks of pages, and the one of its tests that builds all examples.
const CHECKS: &str = "checks";
const SLOW: &str = "outputs";

/// Formatting, then lints and tests of the crates with changes since the branch left `main`, then
/// the tests of the pages. The rest is for `cargo x ci`.
pub fn quick() -> Result<()> {
    let begun = Instant::now();
    run(&mut cargo("fmt --all --check"))?;
    let metadata = checks::metadata();
    let touched = touched(&changed()?, &packages(&metadata));
    if touched.is_empty() {
        println!("No crate has changed.");
    } else {
        run(with_packages(&mut cargo("clippy --all-targets"), &touched).args(["--", "-D", "warnings"]))?;
        let tested: Vec<String> = touched.into_iter().filter(|package| package != CHECKS).collect();
        if !tested.is_empty() {
            run(with_packages(&mut cargo("test --quiet"), &tested))?;
        }
    }
    // Of the whole workspace, and not of the one crate, so that its dependencies are compiled as for
    // `cargo test --workspace`, and not once more.
    let of_pages = page_tests(&metadata);
    run(cargo("test --quiet --workspace").args(of_pages.iter().flat_map(|test| ["--test", test])))?;
    println!("Quick checks passed in {} s. cargo x ci runs all.", begun.elapsed().as_secs());
    Ok(())
}

fn with_packages<'a>(command: &'a mut Command, packages: &[String]) -> &'a mut Command {
    command.args(packages.iter().flat_map(|package| ["--package", package]))
}

/// Files that differ from where the branch left `main`, with those that git does not know yet,
/// relative to the root. On `main` itself: what is not committed.
fn changed() -> Result<Vec<String>> {
    let base = git(&["merge-base", "HEAD", "main"]).unwrap_or_else(|_| "HEAD".to_owned());
    let known = git(&["diff", "--name-only", base.trim()])?;
    let new = git(&["ls-files", "--others", "--exclude-standard"])?;
    Ok(known.lines().chain(new.lines()).map(str::to_owned).collect())
}

/// What git answers.
fn git(arguments: &[&str]) -> Result<String> {
    let output = program("git").args(["-c", "core.quotePath=false"]).args(arguments).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Each package and its folder, relative to the root, with `/` on every system.
fn packages(metadata: &Metadata) -> Vec<(String, String)> {
    let folder = |package: &Package| {
        let folder = package.manifest_path.parent()?.strip_prefix(&metadata.workspace_root).ok()?;
        Some((package.name.to_string(), folder.as_str().replace('\\', "/")))
    };
    metadata.packages.iter().filter_map(folder).collect()
}

/// The quick tests of the crate with the checks of pages.
fn page_tests(metadata: &Metadata) -> Vec<String> {
    let checks = metadata.packages.iter().filter(|package| *package.name == CHECKS);
    let tests = checks.flat_map(|package| &package.targets).filter(|target| target.is_test());
    tests.map(|target| target.name.clone()).filter(|name| name != SLOW).collect()
}

/// The packages in whose folders some file lies.
fn touched(files: &[String], packages: &[(String, String)]) -> Vec<String> {
    let lies_in = |file: &String, folder: &String| {
        file.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    packages
        .iter()
        .filter(|(_, folder)| files.iter().any(|file| lies_in(file, folder)))
        .map(|(name, _)| name.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_touched_by_files_in_its_folder_alone() {
        let packages =
            [("one", "chapters/01-one"), ("one-more", "chapters/01-one-more"), ("checks", "tests")];
        let packages = packages.map(|(name, folder)| (name.to_owned(), folder.to_owned()));
        let of = |files: &[&str]| {
            touched(&files.iter().map(|&file| file.to_owned()).collect::<Vec<_>>(), &packages)
        };
        assert_eq!(of(&["chapters/01-one/src/lib.rs", "book/src/one.md"]), ["one"]);
        assert_eq!(
            of(&["chapters/01-one-more/exercises/a.rs", "tests/tests/pages.rs"]),
            ["one-more", "checks"]
        );
        assert_eq!(of(&["README.md", "testsuite/a.rs"]), Vec::<String>::new());
    }

    #[test]
    fn every_crate_of_the_workspace_has_its_folder() {
        let metadata = checks::metadata();
        let packages = packages(&metadata);
        assert!(packages.contains(&("tensors".to_owned(), "chapters/00-tensors".to_owned())));
        assert!(packages.contains(&("xtask".to_owned(), "xtask".to_owned())));
        let tests = page_tests(&metadata);
        assert!(tests.contains(&"pages".to_owned()) && !tests.contains(&SLOW.to_owned()), "{tests:?}");
    }
}
