//! The experiment of chapter 4: `cargo run --release -p tokens`.
//!
//! How much shorter does a larger vocabulary make a text, and what does the same sentence cost in
//! other languages?

use anyhow::Result;
use figures::{Chart, HeatMap, save};
use tokens::{Bpe, Bytes, Tokenizer, pieces};

const CHAPTER: &str = "tokens";
const STORIES: &str = include_str!("../corpora/stories.txt");
const RUST: &str = include_str!("../corpora/rust.txt");
const LANGUAGES: &str = include_str!("../corpora/languages.txt");
/// The order of the lines of `languages.txt`.
const NAMES: [&str; 8] = ["English", "Deutsch", "Français", "中文", "العربية", "हिन्दी", "Русский", "emoji"];

fn main() -> Result<()> {
    compression()?;
    languages()
}

/// Characters per token, on text that the tokenizer was not trained on.
fn compression() -> Result<()> {
    let (learn, judge) = STORIES.split_at(STORIES.len() / 2);
    let mut chart = Chart::new(
        "A larger vocabulary makes a text shorter",
        "tokens in the vocabulary",
        "characters per token",
    )
    .y_range(0.0, 6.0);
    let (mut stories, mut code) = (Vec::new(), Vec::new());
    for size in [256, 300, 400, 500, 700, 1000, 1300] {
        let bpe = Bpe::train(learn, size)?;
        let ratio = |text: &str| text.chars().count() as f64 / bpe.encode(text).len() as f64;
        println!(
            "{size:>5} tokens: {:.2} characters a token on stories, {:.2} on Rust",
            ratio(judge),
            ratio(RUST)
        );
        stories.push((size as f64, ratio(judge)));
        code.push((size as f64, ratio(RUST)));
    }
    chart = chart.line("other stories", stories).line("Rust code", code);
    println!("pieces in the stories: {}, different ones: {}", pieces(STORIES).count(), {
        let mut all: Vec<&str> = pieces(STORIES).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    });
    Ok(save(CHAPTER, "compression", &chart.draw()?)?)
}

/// Tokens per character of the same four sentences in seven languages, and of a line of emoji. The
/// last vocabulary is learned from the lines that it is judged by: nothing can do much better.
fn languages() -> Result<()> {
    let (english, fair) = (Bpe::train(STORIES, 1000)?, Bpe::train(LANGUAGES, 900)?);
    let mut rows = Vec::new();
    println!("tokens for the same sentences      bytes   BPE of stories   BPE of all these lines");
    for (language, name) in NAMES.iter().enumerate() {
        let text: String = LANGUAGES.lines().skip(language).step_by(NAMES.len()).collect();
        let count = [Bytes.encode(&text).len(), english.encode(&text).len(), fair.encode(&text).len()];
        let characters = text.chars().count() as f64;
        // The mark says that what follows runs to the right, after an Arabic name too.
        println!(
            "  {characters:>4} characters of {name:<10}\u{200e} {:>8} {:>16} {:>16}",
            count[0], count[1], count[2]
        );
        rows.push(count.map(|n| n as f64 / characters).to_vec());
    }
    let map = HeatMap::new("Tokens per character", rows)
        .rows(NAMES)
        .cols(["bytes", "stories", "these"])
        .with_numbers();
    Ok(save(CHAPTER, "languages", &map.draw()?)?)
}
