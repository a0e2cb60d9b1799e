//! # Scaling
//!
//! What a model costs, and what it learns for that.
//! The experiment of chapter 16: `cargo run --release -p scaling` prints and draws what was measured.
//! With words after `--` a part is measured anew:
//!
//! - `law DATE` makes the runs of the law that `law.json` does not hold yet, and saves after each;
//!   `law small` makes eight of them for you, in a minute or two, and keeps nothing; `law look FOLDER`
//!   judges the last checkpoints of the default run of mini-gpt, which it left in the folder.

mod experiment;

use anyhow::{Result, bail};

const CHAPTER: &str = "scaling";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["law", "small"] => experiment::law::measure::small(),
        ["law", date] => experiment::law::measure::measure(date),
        ["law", "look", folder] => experiment::law::measure::look(folder.as_ref()),
        _ => bail!("say nothing, or `law` and today's date, `law small`, `law look` and a run's folder"),
    }
}

fn report() -> Result<()> {
    experiment::law::report()?;
    experiment::kinds::report()
}
