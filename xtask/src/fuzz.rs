//! Fuzzing: `fuzz/` holds a target for each kind of file that other people write.

use crate::run::{program, root, run, tool};
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;

/// Each target for so many seconds, or the one that is named. What a target cannot stand lies in
/// `fuzz/artifacts` afterwards.
///
/// The fuzzer's instrumentation is not stable, but comes with the stable compiler;
/// `RUSTC_BOOTSTRAP` admits it.
pub fn fuzz(only: Option<&str>, seconds: u32) -> Result<()> {
    let mut targets: Vec<String> = std::fs::read_dir(root().join("fuzz/fuzz_targets"))?
        .filter_map(|entry| Some(PathBuf::from(entry.ok()?.file_name()).file_stem()?.to_str()?.to_owned()))
        .collect();
    targets.sort_unstable();
    let names = targets.join(", ");
    targets.retain(|target| only.is_none_or(|only| only == target));
    ensure!(!targets.is_empty(), "there is no such target: there are {names}");
    let binary = tool("cargo-fuzz", "cargo-fuzz", "0.13.2")?;
    let binary = binary.to_str().context("the path of the working copy is not UTF-8")?;
    for target in targets {
        std::fs::create_dir_all(root().join("fuzz/corpus").join(&target))?;
        let mut command = program(binary);
        command.args(["fuzz", "run", &target]);
        // What it finds on its way is kept in the first folder, which is not committed.
        command.args(["corpus", "seeds"].map(|folder| format!("fuzz/{folder}/{target}")));
        command.arg("--").arg(format!("-max_total_time={seconds}"));
        command.args(["-timeout=10", "-rss_limit_mb=2048", "-malloc_limit_mb=512", "-max_len=20000"]);
        command.arg("-print_final_stats=1");
        run(command.env("RUSTC_BOOTSTRAP", "1"))?;
    }
    Ok(())
}
