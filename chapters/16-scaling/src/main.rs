//! The experiment of chapter 16: `cargo run --release -p scaling` prints and draws what was measured. A word
//! after `--` measures a part anew and keeps it beside the chapter: `precision`, today's date and the folder
//! of the default run of `mini-gpt`.

mod experiment;

use anyhow::{Result, bail};
use experiment::{cost, precision};

const CHAPTER: &str = "scaling";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["precision", date, folder] => precision::measure(date, folder.as_ref()),
        _ => {
            bail!("say nothing, or `precision`, today's date and the folder of the default run of mini-gpt")
        }
    }
}

/// Prints and draws, in the order of the page.
fn report() -> Result<()> {
    cost::report()?;
    precision::report()?;
    Ok(())
}
