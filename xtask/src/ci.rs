//! Everything that must pass before a change goes in: what `.ci/run` runs.

use crate::run::{cargo, on_path, program, run};
use crate::{book, browser, exercises, notebooks, outputs};
use anyhow::Result;
use std::path::PathBuf;
use std::time::Instant;

/// The tests of the book's only `unsafe` under the address sanitizer: reading or writing beside a
/// slice stops them. In release, as the book runs: there overflow is not checked, and an argument for
/// soundness that wraps would pass for one.
///
/// The sanitizer is not stable, but comes with the stable compiler; `RUSTC_BOOTSTRAP` admits it.
/// Only x86-64 Linux is set up for it here.
pub fn sanitize() -> Result<()> {
    let target = "x86_64-unknown-linux-gnu";
    let mut test = cargo("test --release -p kernels --lib matmul --target-dir target/sanitizer --target");
    let flags = "-Zsanitizer=address -Coverflow-checks=off";
    test.arg(target).envs([("RUSTC_BOOTSTRAP", "1"), ("RUSTFLAGS", flags)]);
    run(&mut test)
}

/// The last chapter whose library compiles for web pages: the next ones are about files.
const LAST_IN_A_PAGE: usize = 14;

/// The libraries compile for a web page, which has neither threads nor files nor a clock: what needs
/// them belongs to programs. Where the target is not installed, a line says so.
fn web() -> Result<()> {
    let target = "wasm32-unknown-unknown";
    let answer = program("rustc").args(["--print", "target-libdir", "--target", target]).output()?;
    if !PathBuf::from(String::from_utf8(answer.stdout)?.trim()).is_dir() {
        println!("Not checked for web pages, for which this is needed: rustup target add {target}");
        return Ok(());
    }
    let mut check = cargo("clippy --lib --no-default-features --target");
    check.arg(target);
    for chapter in checks::chapters().iter().filter(|chapter| chapter.number <= LAST_IN_A_PAGE) {
        check.args(["--package", &chapter.package]);
    }
    run(check.args(["--", "-D", "warnings"]))
}

/// Several processes train one model, where OpenMPI is installed; where it is not, a line says so.
fn processes() -> Result<()> {
    if ["mpicc", "mpirun"].iter().any(|program| on_path(program).is_none()) {
        println!(
            "Training in several processes not tested: for that, mpicc, mpirun and libclang are needed \
             (Debian: libopenmpi-dev, openmpi-bin, libclang-dev)"
        );
        return Ok(());
    }
    // Of the whole workspace: for one package alone the dependencies would be compiled anew.
    run(&mut cargo("clippy --workspace --features mini-gpt/mpi --all-targets -- -D warnings"))?;
    run(&mut cargo("test --workspace --features mini-gpt/mpi --test mpi --test command_line"))
}

/// Runs all checks, quick ones first.
pub fn ci() -> Result<()> {
    let begun = Instant::now();
    run(&mut cargo("fmt --all --check"))?;
    run(&mut cargo("clippy --workspace --all-targets -- -D warnings"))?;
    // The README's test command.
    run(&mut cargo("test --workspace"))?;
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        sanitize()?;
    }
    processes()?;
    // The tests have judged the solutions; the starters must compile and wait to be begun.
    exercises::starters()?;
    run(cargo("doc --workspace --no-deps").env("RUSTDOCFLAGS", "-D warnings"))?;
    run(&mut cargo("check --workspace --exclude xtask --exclude checks --features cuda,dfdx/ci-check"))?;
    // In a workspace every crate gets the feature; a program that is built alone must hand it on to
    // the crates that need it.
    for package in
        ["neurons", "transformer", "kernels", "gpt", "generation", "pretrained", "mini-gpt", "gpt2"]
    {
        run(cargo("check --features cuda,dfdx/ci-check --package").arg(package))?;
    }
    web()?;
    // Findings and figures are written anew; the last step says whether they are the ones
    // committed.
    outputs::figures()?;
    book::build()?;
    browser::browser_if_installed()?;
    notebooks::notebooks(true, None)?;
    run(program("git").args(["diff", "--exit-code", "--stat"]))?;
    println!("All checks passed in {} s.", begun.elapsed().as_secs());
    Ok(())
}
