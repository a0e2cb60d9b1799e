//! A corpus of which every document is known goes through the pipeline: what becomes of each kind?

use super::filters::LEARNING;
use super::sample::Sample;
use anyhow::Result;
use data_quality::decontaminate::HeldOut;
use data_quality::document::{Documents, Format};
use data_quality::language::Guesser;
use data_quality::linear::{Learning, Linear};
use data_quality::near::Bands;
use data_quality::perplexity::Perplexity;
use data_quality::pipeline::{Dropped, Pipeline, Settings};
use data_quality::retell::retell;
use data_quality::rules::Rules;
use language_models::story::tell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use tensors::seeds;

const LANGUAGES: &str = include_str!("../../../04-tokens/corpora/languages.txt");
const CLEAN: usize = 1000;
const OF_EACH_KIND: usize = 200;
/// Held-out stories, and of how many words the runs are that must not be shared with them.
const HELD_OUT: usize = 200;
const RUN: RangeInclusive<usize> = 8..=13;
/// Of a story's runs so many may be in the test.
const SHARED: f64 = 0.5;
/// The share of good texts that the two filters may lose, each.
const LOST: f64 = 0.01;

/// The score below which a share [`LOST`] of good texts lies.
fn threshold(mut scores: Vec<f64>) -> f64 {
    scores.sort_by(f64::total_cmp);
    scores[(scores.len() as f64 * LOST) as usize]
}

/// With the settings of the filters.
pub fn report((order, rate): (usize, f64)) -> Result<()> {
    let (learned, validation) = (Sample::draw(400, OF_EACH_KIND, 21)?, Sample::draw(1000, 1, 22)?);
    let corpus = Sample::draw(CLEAN, OF_EACH_KIND, 23)?;
    let mut rng = seeds::generator(24);
    let told: Vec<String> = (0..HELD_OUT).map(|_| tell(&mut rng)).collect();
    let held_out: Vec<String> = told.iter().map(|story| story.trim_end().to_owned()).collect();

    let model = Perplexity::train(&learned.clean, order)?;
    let bits = threshold(validation.clean.iter().map(|text| -model.bits(text)).collect());
    let classifier = Linear::train(&learned.clean, &learned.all_dirty(), Learning { rate, ..LEARNING });
    let score = threshold(validation.clean.iter().map(|text| classifier.score(text)).collect());
    let items = HeldOut::new(held_out.iter().map(String::as_str), RUN);
    println!(
        "\nin the test: of {HELD_OUT} items, told again with some of 41 choices changed, so many are found"
    );
    for changed in [0, 1, 2, 3, 4, 6, 8, 12] {
        let mut found = 0;
        for item in &told {
            found += usize::from(items.overlap(&retell(item, changed, &mut rng)?) > SHARED);
        }
        println!("  {changed} changed: {found}");
    }

    let settings = Settings {
        language: Some((Guesser::of_chapter_4(LANGUAGES), "English".to_owned())),
        sentences: false,
        rules: Some(Rules::default()),
        perplexity: Some((model, -bits)),
        classifier: Some((classifier, score)),
        held_out: Some((items, SHARED)),
    };

    let mut kinds: Vec<(&str, Vec<String>)> = vec![("clean", corpus.clean.clone())];
    kinds.push((
        "exact copy",
        corpus.clean[..OF_EACH_KIND].iter().map(|text| text.to_uppercase()).collect(),
    ));
    kinds.extend(corpus.dirty.iter().map(|(dirt, texts)| (dirt.name(), texts.clone())));
    kinds.push(("in the test", held_out));

    println!("\nthe pipeline, kind by kind: each filter may lose {LOST} of good texts");
    let mut pipeline = Pipeline::new(settings, Bands::FINEWEB, 10_000, 1);
    for (kind, texts) in &kinds {
        let mut fates: BTreeMap<Dropped, usize> = BTreeMap::new();
        let lines: Vec<String> =
            texts.iter().map(|text| serde_json::json!({ "text": text }).to_string()).collect();
        let mut kept = 0;
        for document in Documents::new(lines.join("\n").as_bytes(), Format::JsonLines, 100_000) {
            match pipeline.judge(&document?) {
                Ok(_) => kept += 1,
                Err(dropped) => *fates.entry(dropped).or_default() += 1,
            }
        }
        let fates: Vec<String> = fates.iter().map(|(dropped, n)| format!("{n} {dropped}")).collect();
        println!("  {kind:<20}{:>5} read{kept:>6} kept   {}", texts.len(), fates.join(", "));
    }
    Ok(())
}
