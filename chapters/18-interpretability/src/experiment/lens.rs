//! The lens against the truth: what a trained model knows behind each half of a block.

use super::exam::{by_kind, count, exam};
use super::ledger::{Ledger, rounded};
use super::table;
use super::{Blocks, CHAPTER, kept_model, kept_seeds};
use anyhow::Result;
use dfdx::prelude::Cpu;
use figures::{Chart, save};
use gpt::checkpoint::Checkpoint;
use gpt::corpus::{Source, Text};
use gpt::seen::Place;
use gpt::{Gpt, LanguageModel, Run};
use interpretability::hooks::stream_places;
use interpretability::lens::lens;
use interpretability::pairs::values;
use language_models::story::{KINDS, Slot};
use serde::{Deserialize, Serialize};
use tokens::Tokenizer;

const PART: &str = "lens";
/// Stories that are read, and their stream.
const STORIES: usize = 60;
const STREAM: u64 = 6;

type Model = Gpt<Blocks<4>>;

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Seen {
    seed: u64,
    /// Tokens of each kind.
    tokens: [usize; KINDS.len()],
    /// Bits beyond the truth of who knows only how often each token comes.
    unigram: [f64; KINDS.len()],
    /// Of the lens at each place.
    places: Vec<[f64; KINDS.len()]>,
}

/// Looks into the models that `measure cliff` has kept.
pub fn measure(date: &str) -> Result<()> {
    Ledger::open(PART, date)?.fill(PART, &kept_seeds(), |run: &Seen, seed| run.seed == *seed, look)
}

fn look(seed: u64) -> Result<Seen> {
    let run: Run<Model> = Checkpoint::read(&kept_model(4, seed))?.restore(&Cpu::default())?;
    let shape = <Model as LanguageModel<Cpu>>::SHAPE;
    let told = exam(STREAM, STORIES, &run.tokenizer, shape.max_context)?;
    let mut counts = vec![1.0_f32; shape.vocabulary];
    for token in run.tokenizer.encode(&Text::load(&Source::Stories)?.train) {
        counts[token] += 1.0;
    }
    let counts: Vec<f32> = counts.into_iter().map(f32::ln).collect();
    let unigram = by_kind(&told, |told| told.divergences(&counts.repeat(told.truth.len())));
    let seen: Vec<Vec<Vec<f64>>> = told
        .iter()
        .map(|told| {
            lens(&run.model, told.read(), 1).iter().map(|(_, scores)| told.divergences(scores)).collect()
        })
        .collect();
    let places = (0..seen[0].len()).map(|place| {
        let mut of_story = seen.iter();
        by_kind(&told, |_| of_story.next().expect("as many as stories")[place].clone()).map(rounded)
    });
    Ok(Seen { seed, tokens: count(&told), unigram: unigram.map(rounded), places: places.collect() })
}

/// What a place is called.
pub fn name(place: Place) -> String {
    match place {
        Place::Embedded => "the embedding".to_owned(),
        Place::Attended(block) | Place::Heads(block) => format!("block {block}, attention"),
        Place::Thought(block) => format!("block {block}, network"),
    }
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Seen>::load(PART)?;
    println!("The lens against the truth ({}, {})", ledger.processor, ledger.date);
    let seeds: Vec<String> = ledger.runs.iter().map(|run| run.seed.to_string()).collect();
    println!(
        "bits a token beyond the truth, on {STORIES} stories; models of the seeds {}",
        seeds.join(", ")
    );
    let names = values(Slot::Hero);
    println!("a guess among all {names} names: {:.2} bits", (names as f64).log2());
    let places = stream_places(ledger.runs[0].places.len() / 2);
    for (kind, (_, what)) in KINDS.iter().enumerate() {
        let row = |label: &str, of: &dyn Fn(&Seen) -> f64| {
            let numbers = table::row(&ledger.runs.iter().map(of).collect::<Vec<_>>(), 10, 3);
            println!("  {:<44}{numbers}", format!("{what}, {label}"));
        };
        println!("{what}: {} tokens", ledger.runs[0].tokens[kind]);
        row("frequencies alone", &|run| run.unigram[kind]);
        for (at, &place) in places.iter().enumerate() {
            row(&name(place), &|run| run.places[at][kind]);
        }
    }
    let title = "What the stream says, place by place: seed 1337";
    let mut chart = Chart::new(title, "half blocks passed", "bits beyond the truth").log_y();
    for (kind, (_, what)) in KINDS.iter().enumerate() {
        let bits = ledger.runs[0].places.iter().map(|bits| bits[kind]);
        chart = chart.line(what, bits.enumerate().map(|(at, bits)| (at as f64, bits)));
    }
    let guess = (names as f64).log2();
    chart = chart.dashes("a name guessed", [(0.0, guess), (places.len() as f64 - 1.0, guess)]);
    Ok(save(CHAPTER, "lens", &chart.draw()?)?)
}
