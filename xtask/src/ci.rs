//! Everything that must pass before a change goes in: what `.ci/run` runs.

use crate::run::{cargo, program, run};
use crate::{book, exercises, notebooks, outputs};
use anyhow::Result;
use std::time::Instant;

/// Runs all checks, quick ones first.
pub fn ci() -> Result<()> {
    let begun = Instant::now();
    run(&mut cargo("fmt --all --check"))?;
    run(&mut cargo("clippy --workspace --all-targets -- -D warnings"))?;
    // The README's test command.
    run(&mut cargo("test --workspace"))?;
    // The tests have judged the solutions; the starters must compile and, being unsolved, fail their judges.
    exercises::exercises(None, false)?;
    run(cargo("doc --workspace --no-deps").env("RUSTDOCFLAGS", "-D warnings"))?;
    run(&mut cargo("check --workspace --exclude xtask --exclude checks --features cuda,dfdx/ci-check"))?;
    // Findings and figures are written anew; the last step says whether they are the ones committed.
    outputs::figures()?;
    book::build()?;
    notebooks::notebooks(true, None)?;
    run(program("git").args(["diff", "--exit-code", "--stat"]))?;
    println!("All checks passed in {} s.", begun.elapsed().as_secs());
    Ok(())
}
