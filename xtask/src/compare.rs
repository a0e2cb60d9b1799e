//! `cargo x compare-pytorch`: the same model, trained and sampled by this book and by PyTorch, in
//! turn.
//!
//! A machine's speed wanders: with its clock, its temperature, its neighbours. So each program runs
//! for a moment, one after the other, many times over, and what is reported is the median of the
//! rounds' ratios.

use crate::python;
use crate::run::{cargo, program, root, run};
use anyhow::{Context, Result, ensure};
use clap::Args;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct CompareArgs {
    /// How many rounds
    #[arg(long, default_value_t = 10)]
    rounds: usize,
    /// Threads of each program [default: the machine's cores]
    #[arg(long)]
    threads: Option<usize>,
    /// Leave out torch.compile, which takes a minute to warm up
    #[arg(long)]
    eager: bool,
    /// Keep the tables beside the chapters whose pages show them, as those of this machine: a
    /// processor and a date
    #[arg(long, conflicts_with = "eager")]
    save: Option<String>,
    /// Only settings whose name contains this
    only: Option<String>,
}

/// What both programs are asked for: words that both understand.
struct Setting {
    name: &'static str,
    /// Whose page shows it.
    chapter: &'static str,
    words: &'static str,
    /// What one step is.
    step: &'static str,
    /// PyTorch's ways of doing it.
    ways: &'static [(&'static str, &'static str)],
    /// Ours.
    ours: &'static [(&'static str, &'static str)],
}

const TRAINING: &[(&str, &str)] = &[("PyTorch eager", ""), ("PyTorch compiled", "--compile")];

const WRITING: &[(&str, &str)] = &[("PyTorch, all anew", ""), ("PyTorch, with a cache", "--cache")];
const OUR_WRITING: &[(&str, &str)] = &[("mini-gpt, with a cache", ""), ("mini-gpt, all anew", "--anew")];

const SETTINGS: &[Setting] = &[
    Setting {
        name: "laptop: 4 layers, 4 heads, 128 wide, batch 12, context 64",
        chapter: "12-kernels",
        words: "--size laptop --batch 12 --context 64 --steps 60",
        step: "training step",
        ways: TRAINING,
        ours: &[("mini-gpt", "")],
    },
    Setting {
        name: "shakespeare: 6 layers, 6 heads, 384 wide, batch 8, context 256",
        chapter: "12-kernels",
        words: "--size shakespeare --batch 8 --context 256 --steps 6",
        step: "training step",
        ways: TRAINING,
        ours: &[("mini-gpt", "")],
    },
    Setting {
        name: "writing 240 tokens with laptop",
        chapter: "12-kernels",
        words: "--size laptop --context 256 --write 240",
        step: "token",
        ways: WRITING,
        ours: OUR_WRITING,
    },
    Setting {
        name: "writing 40 tokens with GPT-2, 124 million parameters",
        chapter: "15-gpt2",
        words: "--size gpt2 --context 1024 --write 40",
        step: "token",
        ways: WRITING,
        ours: OUR_WRITING,
    },
];

/// What `mini-gpt speed --json` and `speed.py` print.
#[derive(Deserialize)]
struct Speed {
    milliseconds: Vec<f64>,
    cpu_milliseconds: f64,
    tokens_per_second: f64,
    peak_mib: Option<f64>,
}

/// One setting's table: what `pytorch.json` beside a chapter holds a list of.
#[derive(Serialize, Deserialize)]
struct Table {
    /// Where and when it was measured.
    machine: String,
    name: String,
    /// What one step is.
    step: String,
    threads: String,
    rounds: usize,
    rows: Vec<Row>,
}

/// Medians over the rounds.
#[derive(Serialize, Deserialize)]
struct Row {
    name: String,
    milliseconds: f64,
    cpu_milliseconds: f64,
    tokens_per_second: f64,
    peak_mib: f64,
    /// The first row's time as a share of this row's.
    ratio: f64,
}

/// Prints one table for each setting.
pub fn compare(args: &CompareArgs) -> Result<()> {
    let python = python::environment("pytorch", "tests/fixtures/requirements.txt")?;
    run(&mut cargo("build --release -p mini-gpt"))?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = args.threads.unwrap_or(cores).to_string();
    for setting in SETTINGS {
        if args.only.as_ref().is_some_and(|only| !setting.name.contains(only.as_str())) {
            continue;
        }
        let words = |extra: &str| -> Vec<String> {
            format!("{} --threads {threads} {extra}", setting.words)
                .split_whitespace()
                .map(str::to_owned)
                .collect()
        };
        let mut contestants: Vec<(&str, PathBuf, Vec<String>)> = Vec::new();
        for (name, extra) in setting.ours {
            let words = ["speed", "--json"].map(str::to_owned).into_iter().chain(words(extra)).collect();
            contestants.push((name, root().join("target/release/mini-gpt"), words));
        }
        for (name, extra) in setting.ways.iter().filter(|(_, extra)| !(args.eager && *extra == "--compile"))
        {
            let script = root().join("xtask/pytorch/speed.py").to_string_lossy().into_owned();
            contestants.push((name, python.clone(), std::iter::once(script).chain(words(extra)).collect()));
        }
        let mut rounds: Vec<Vec<Speed>> = Vec::new();
        for _ in 0..args.rounds {
            let round: Result<_> =
                contestants.iter().map(|(_, path, words)| measure(path, words)).collect();
            rounds.push(round?);
        }
        let names = contestants.iter().map(|(name, ..)| *name);
        let rows = names.enumerate().map(|(i, name)| row(name, i, &rounds)).collect();
        let (name, step) = (setting.name.to_owned(), setting.step.to_owned());
        let machine = args.save.clone().unwrap_or_default();
        let table = Table { machine, name, step, threads: threads.clone(), rounds: args.rounds, rows };
        print(&table);
        if args.save.is_some() {
            keep(setting.chapter, table)?;
        }
    }
    Ok(())
}

/// Puts a table beside its chapter, in the place of one of the same machine and setting.
fn keep(chapter: &str, table: Table) -> Result<()> {
    let path = root().join("chapters").join(chapter).join("pytorch.json");
    let before = std::fs::read_to_string(&path).unwrap_or_else(|_| "[]".to_owned());
    let mut tables: Vec<Table> =
        serde_json::from_str(&before).with_context(|| path.display().to_string())?;
    let same = |other: &Table| (&other.machine, &other.name) == (&table.machine, &table.name);
    match tables.iter().position(same) {
        Some(place) => tables[place] = table,
        None => tables.push(table),
    }
    std::fs::write(&path, serde_json::to_string_pretty(&tables)? + "\n")?;
    println!("wrote {}; `cargo x figures` puts it into the chapter's output", path.display());
    Ok(())
}

fn measure(path: &Path, words: &[String]) -> Result<Speed> {
    let output = program(&path.to_string_lossy()).args(words).output()?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{} failed: {error}", path.display());
    serde_json::from_slice(&output.stdout).with_context(|| format!("what {} printed", path.display()))
}

/// Contestant `i` over all rounds.
fn row(name: &str, i: usize, rounds: &[Vec<Speed>]) -> Row {
    let all = |f: &dyn Fn(&Speed) -> f64| median(rounds.iter().map(|round| f(&round[i])).collect());
    let time = |speed: &Speed| median(speed.milliseconds.clone());
    Row {
        name: name.to_owned(),
        milliseconds: all(&time),
        cpu_milliseconds: all(&|speed| speed.cpu_milliseconds),
        tokens_per_second: all(&|speed| speed.tokens_per_second),
        peak_mib: all(&|speed| speed.peak_mib.unwrap_or(f64::NAN)),
        ratio: median(rounds.iter().map(|round| time(&round[0]) / time(&round[i])).collect()),
    }
}

fn print(Table { name, step, threads, rounds, rows, .. }: &Table) {
    println!("\n{name}; {threads} threads, median of {rounds} rounds");
    println!("{:<24}{step:>14}{:>12}{:>10}{:>11}{:>9}", "", "processors", "tokens/s", "memory", "time");
    for row in rows {
        println!(
            "{:<24}{:>11.2} ms{:>9.1} ms{:>10.0}{:>7.0} MiB{:>9.2}",
            row.name,
            row.milliseconds,
            row.cpu_milliseconds,
            row.tokens_per_second,
            row.peak_mib,
            row.ratio,
        );
    }
    println!("time: the first row's as a share of this row's, round by round");
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    if numbers.len() % 2 == 1 {
        numbers[middle]
    } else {
        f64::midpoint(numbers[middle - 1], numbers[middle])
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(super::median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(super::median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }
}
