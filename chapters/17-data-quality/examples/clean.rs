//! `cargo run --release -p data-quality --example clean -- FILE…` writes what is left of plain texts or JSON lines, with
//! empty lines between, and says on the standard error what became of the rest. Without a file it takes
//! the beginning of *Coriolanus*, and says only that.

use data_quality::document::{Documents, Format};
use data_quality::language::Guesser;
use data_quality::near::Bands;
use data_quality::pipeline::{Pipeline, Settings};
use data_quality::rules::Rules;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write, stdout};

const PLAY: &str = include_str!("../corpora/coriolanus.txt");
const LANGUAGES: &str = include_str!("../../04-tokens/corpora/languages.txt");

/// There is room for so many texts that are kept.
const ROOM: usize = 1_000_000;
/// A document of more bytes than this is refused.
const LONGEST: usize = 10_000_000;

// ANCHOR: settings
/// Speeches are shorter than pages: where Gopher asks for 50 words, we ask for ten.
fn settings(sentences: bool) -> Settings {
    Settings {
        language: Some((Guesser::of_chapter_4(LANGUAGES), "English".to_owned())),
        sentences,
        rules: Some(Rules { words: 10..=100_000, ..Rules::default() }),
        ..Settings::default()
    }
}
// ANCHOR_END: settings

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        return play();
    }
    // ANCHOR: clean
    let mut pipeline = Pipeline::new(settings(false), Bands::FINEWEB, ROOM, 1);
    for name in &files {
        let file = match File::open(name) {
            Ok(file) => BufReader::new(file),
            Err(error) => {
                eprintln!("{name}: {error}");
                continue;
            }
        };
        for document in Documents::new(file, Format::of(name), LONGEST) {
            if let Err(error) = &document {
                eprintln!("{name}, {error}");
            }
            // A file that cannot be read on ends there, which was said; the next one is read.
            if let Ok(Some(text)) = pipeline.take(document) {
                writeln!(stdout(), "{text}\n")?;
            }
        }
    }
    eprintln!("{}", pipeline.report());
    let mistaken = 100.0 * pipeline.false_positive();
    eprintln!("{mistaken:.4} % of new texts would now be taken for copies by mistake");
    // ANCHOR_END: clean
    Ok(())
}

/// What becomes of the play's speeches, with all their lines and with those that end like a sentence.
fn play() -> Result<(), Box<dyn Error>> {
    for (lines, sentences) in [("all lines", false), ("lines that end like a sentence", true)] {
        let mut pipeline = Pipeline::new(settings(sentences), Bands::FINEWEB, 1000, 1);
        for document in Documents::new(PLAY.as_bytes(), Format::Paragraphs, LONGEST) {
            pipeline.take(document)?;
        }
        println!("{lines}\n{}\n", pipeline.report());
        if !sentences {
            let with = pipeline.report().kept;
            let unguessed = Settings { language: None, ..settings(sentences) };
            let mut pipeline = Pipeline::new(unguessed, Bands::FINEWEB, 1000, 1);
            for document in Documents::new(PLAY.as_bytes(), Format::Paragraphs, LONGEST) {
                pipeline.take(document)?;
            }
            println!("the guesser alone costs {} speeches\n", pipeline.report().kept - with);
        }
    }
    guesses();
    Ok(())
}

/// How many speeches are taken for English, by their length.
fn guesses() {
    let guesser = Guesser::of_chapter_4(LANGUAGES);
    for (length, words) in [("fewer than 10 words", 1..10), ("10 to 29", 10..30), ("30 or more", 30..1000)]
    {
        let speeches = Documents::new(PLAY.as_bytes(), Format::Paragraphs, LONGEST).flatten();
        let these: Vec<String> =
            speeches.filter(|text| words.contains(&text.split_whitespace().count())).collect();
        let english = these.iter().filter(|text| guesser.guess(text) == Some("English")).count();
        println!("{length}: {english} of {} speeches are taken for English", these.len());
    }
    let long = Documents::new(PLAY.as_bytes(), Format::Paragraphs, LONGEST)
        .flatten()
        .filter(|text| text.split_whitespace().count() >= 10);
    let other = long.filter(|text| guesser.guess(text) != Some("English")).count();
    println!("ten words or more, and taken for another language: {other}");
}
