//! # Scaling
//!
//! What a model costs, and what it learns for that.
//! The experiment of chapter 16: `cargo run --release -p scaling` prints and draws what was measured.

mod experiment;

use anyhow::{Result, bail};

const CHAPTER: &str = "scaling";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["law", date] => experiment::law::measure::measure(date),
        ["vocab"] => vocab(),
        ["pilot", ref rest @ ..] => pilot(rest),
        _ => bail!("say nothing"),
    }
}

fn pilot(words: &[&str]) -> Result<()> {
    use scaling::law::budget::Plan;
    let lab = scaling::law::lab::Lab::new()?;
    for run in words.chunks(3) {
        experiment::law::measure::run(&lab, run[0].parse()?, Plan { budget: run[1].parse()?, rate: run[2].parse()?, seed: 1 });
    }
    Ok(())
}

fn report() -> Result<()> {
    Ok(())
}

fn vocab() -> Result<()> {
    use gpt::tokenizer::Tokens;
    let text = language_models::story::corpus(1_000_000, 1).train;
    for v in [384, 512, 768, 1024, 1280, 1792] {
        let tokenizer = Tokens::learn(v, &text)?;
        let mut stories = scaling::law::stories::Stories::new(7, &tokenizer);
        let mut lengths: Vec<usize> = (0..2000).map(|_| stories.tokens().len() - 1).collect();
        lengths.sort();
        println!("{v}: mean {}, max {}", lengths.iter().sum::<usize>() as f64 / 2000.0, lengths[1999]);
    }
    Ok(())
}
