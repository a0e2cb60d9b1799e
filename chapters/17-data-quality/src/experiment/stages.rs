//! The stages of the pipeline, each as one function of a text, for those who measure how fast it is.

use data_quality::bloom::Bloom;
use data_quality::decontaminate::HeldOut;
use data_quality::document::{Documents, Format};
use data_quality::language::Guesser;
use data_quality::linear::{Learning, Linear};
use data_quality::minhash::MinHash;
use data_quality::near::Bands;
use data_quality::normalise::normalise;
use data_quality::perplexity::Perplexity;
use data_quality::pipeline::{Dropped, Pipeline, Settings, key};
use data_quality::rules::Rules;
use data_quality::shingles::shingles;
use language_models::story::corpus;
use std::hint::black_box;

/// Stages that are not one of those in a row: a part of the next one, one for comparison, and all together.
pub const PART_OF_ANOTHER: &str = "shingles";
pub const FOR_COMPARISON: &str = "the same, runs unknown";
pub const ALL: &str = "all in a row";

const PLAY: &str = include_str!("../../corpora/coriolanus.txt");
const LANGUAGES: &str = include_str!("../../../04-tokens/corpora/languages.txt");

/// A stage does its work on a text, and throws away what comes out.
pub type Stage = (&'static str, Box<dyn FnMut(&str)>);

/// A megabyte of stories.
pub fn stories() -> Vec<String> {
    let text = corpus(1_111_112, 5).train;
    text.split_inclusive("\n\n").map(str::to_owned).collect()
}

/// Every stage.
pub fn stages() -> Vec<Stage> {
    fn stage(name: &'static str, work: impl FnMut(&str) + 'static) -> Stage {
        (name, Box::new(work))
    }
    let good = corpus(300_000, 6).train;
    let texts: Vec<String> =
        good.split("\n\n").filter(|text| !text.is_empty()).map(str::to_owned).collect();
    let guesser = Guesser::of_chapter_4(LANGUAGES);
    let mut seen = Bloom::new(1_000_000, 1e-6);
    let functions = MinHash::new(Bands::FINEWEB.functions(), 1);
    let model = Perplexity::train(&texts, 3).expect("there is enough text");
    // Of the stories' runs it has hardly one.
    let stranger = Perplexity::train(&[PLAY.to_owned()], 3).expect("there is enough text");
    let learning = Learning { buckets: 1 << 16, epochs: 1, rate: 1.0, seed: 1 };
    let classifier = Linear::train(&texts, &texts, learning);
    let held_out = HeldOut::new(texts.iter().map(String::as_str), 8..=13);
    // No text fails at the two models: all of it goes all the way.
    let settings = Settings {
        language: Some((guesser.clone(), "English".to_owned())),
        sentences: false,
        rules: Some(Rules::default()),
        perplexity: Some((model.clone(), f64::INFINITY)),
        classifier: Some((classifier.clone(), f64::NEG_INFINITY)),
        held_out: Some((held_out.clone(), 0.5)),
    };
    let empty = move || Pipeline::new(settings.clone(), Bands::FINEWEB, 10_000, 1);
    let mut pipeline = empty();
    vec![
        stage("reading plain text", |text| {
            black_box(Documents::new(text.as_bytes(), Format::Paragraphs, 100_000).count());
        }),
        stage("normalising", |text| {
            black_box(normalise(text));
        }),
        stage("guessing the language", move |text| {
            black_box(guesser.guess(text));
        }),
        stage("rules", |text| {
            black_box(Rules::default().broken(text));
        }),
        stage("exact copies", move |text| {
            seen.insert(key(text));
        }),
        stage(PART_OF_ANOTHER, |text| {
            black_box(shingles(text, 5));
        }),
        stage("shingles and 112 minima", move |text| {
            black_box(functions.signature(&shingles(text, 5)));
        }),
        stage("3-gram perplexity", move |text| {
            black_box(model.bits(text));
        }),
        stage(FOR_COMPARISON, move |text| {
            black_box(stranger.bits(text));
        }),
        stage("linear classifier", move |text| {
            black_box(classifier.score(text));
        }),
        stage("decontamination", move |text| {
            black_box(held_out.overlap(text));
        }),
        stage(ALL, move |text| {
            // A text that it has read before begins another round.
            if pipeline.judge(text) == Err(Dropped::Copy) {
                pipeline = empty();
                black_box(pipeline.judge(text)).expect("the first story is kept");
            }
        }),
    ]
}
