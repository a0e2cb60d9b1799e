//! Patching: by which way what a story has told comes to the place where it is told again.

use super::exam::generator;
use super::ledger::{Ledger, rounded};
use super::lens::name;
use super::{Blocks, CHAPTER, kept_model, kept_seeds};
use anyhow::Result;
use dfdx::prelude::Cpu;
use figures::{HeatMap, save};
use gpt::checkpoint::Checkpoint;
use gpt::seen::Place;
use gpt::{Gpt, LanguageModel, Run};
use interpretability::hooks::{Head, Kept, hooked, stream_places};
use interpretability::pairs::{Pair, pairs};
use interpretability::patch::{Patch, difference, patched, recovered};
use language_models::story::Slot;
use serde::{Deserialize, Serialize};

const PART: &str = "patching";
/// Pairs of each kind, and their stream.
const PAIRS: usize = 20;
const STREAM: u64 = 7;
/// What the stories of a pair differ in.
const SLOTS: [(Slot, &str); 3] = [(Slot::Hero, "name"), (Slot::Home, "home"), (Slot::Object, "thing")];

type Model = Gpt<Blocks<4>>;

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Patched {
    seed: u64,
    slots: Vec<OfSlot>,
}

/// Pairs that differ in one slot: how much of the other story's answer comes back, on average.
#[derive(Debug, Serialize, Deserialize)]
struct OfSlot {
    what: String,
    /// Of each place of the stream, with the other story's vectors where the word is told, between, and at the
    /// last position.
    places: Vec<[f64; 3]>,
    /// Of each head, with what it found at the last position.
    heads: Vec<f64>,
}

/// Patches the models that `measure cliff` has kept.
pub fn measure(date: &str) -> Result<()> {
    Ledger::open(PART, date)?.fill(PART, &kept_seeds(), |run: &Patched, seed| run.seed == *seed, patch_all)
}

fn patch_all(seed: u64) -> Result<Patched> {
    let run: Run<Model> = Checkpoint::read(&kept_model(4, seed))?.restore(&Cpu::default())?;
    let mut rng = generator(STREAM);
    let slots = SLOTS.map(|(slot, what)| {
        let context = <Model as LanguageModel<Cpu>>::SHAPE.max_context;
        let found = pairs(slot, PAIRS, &run.tokenizer, context, &mut rng);
        let each: Vec<(Vec<[f64; 3]>, Vec<f64>)> =
            found.iter().map(|pair| patch(&run.model, pair)).collect();
        let n = each.len() as f64;
        let mean = |of: &dyn Fn(&Shares) -> f64| rounded(each.iter().map(of).sum::<f64>() / n);
        let places = (0..each[0].0.len())
            .map(|place| std::array::from_fn(|group| mean(&|one| one.0[place][group])))
            .collect();
        let heads = (0..each[0].1.len()).map(|head| mean(&|one| one.1[head])).collect();
        OfSlot { what: what.to_owned(), places, heads }
    });
    Ok(Patched { seed, slots: slots.into() })
}

/// Of one pair, by places and by heads.
type Shares = (Vec<[f64; 3]>, Vec<f64>);

/// How much of the second story's answer each patch brings into the first.
fn patch(model: &Model, pair: &Pair) -> Shares {
    let shape = <Model as LanguageModel<Cpu>>::SHAPE;
    let [read, other] = &pair.texts;
    let last = read.len() - 1;
    let kept = Kept::of(model, other, 1);
    let answer = |scores: &[f32]| difference(scores, shape.vocabulary, last, pair.next[0], pair.next[1]);
    let [of_read, of_other] = [read, other].map(|text| answer(&hooked(model, text, 1, |_, _| ())));
    let back =
        |patches: &[Patch]| recovered(of_read, of_other, answer(&patched(model, read, &kept, patches)));
    let between: Vec<usize> = (0..last).filter(|position| !pair.sources.contains(position)).collect();
    let places = stream_places(shape.layers).into_iter().map(|place| {
        [pair.sources.as_slice(), &between, &[last]].map(|positions| {
            let patch = |&position: &usize| Patch { place, position, head: None };
            back(&positions.iter().map(patch).collect::<Vec<_>>())
        })
    });
    let heads = Head::all(shape.layers, shape.heads).into_iter().map(|Head { block, head }| {
        back(&[Patch { place: Place::Heads(block), position: last, head: Some(head) }])
    });
    (places.collect(), heads.collect())
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Patched>::load(PART)?;
    println!("\nPatching ({}, {})", ledger.processor, ledger.date);
    println!(
        "how much of the other story's answer comes back: {PAIRS} pairs, models of all seeds; with its vectors"
    );
    println!("where the word is told, between, and at the last position");
    let blocks = ledger.runs[0].slots[0].places.len() / 2;
    for (slot, (_, what)) in SLOTS.iter().enumerate() {
        for (at, place) in stream_places(blocks).into_iter().enumerate() {
            let of =
                |run: &Patched| run.slots[slot].places[at].map(|share| format!("{share:7.2}")).concat();
            let rows: Vec<String> = ledger.runs.iter().map(of).collect();
            println!("  {:<32}{}", format!("{what}, {}", name(place)), rows.join("   "));
        }
        for run in &ledger.runs {
            let mut heads: Vec<(f64, String)> = run.slots[slot]
                .heads
                .iter()
                .zip(Head::all(blocks, run.slots[slot].heads.len() / blocks))
                .map(|(&share, Head { block, head })| (share, format!("{block}.{head} {share:.2}")))
                .collect();
            heads.sort_by(|a, b| b.0.total_cmp(&a.0));
            let best: Vec<String> = heads.into_iter().take(4).map(|(_, words)| words).collect();
            println!("  {what}, seed {}, by one head at the last position: {}", run.seed, best.join(", "));
        }
    }
    draw(&ledger.runs[0])
}

/// One slot's places by positions.
fn draw(run: &Patched) -> Result<()> {
    let places = stream_places(run.slots[0].places.len() / 2);
    let rows = run.slots[0].places.iter().rev().map(|shares| shares.to_vec()).collect();
    let figure = HeatMap::new("A name's way through the model", rows)
        .rows(places.into_iter().rev().map(name))
        .cols(["told", "between", "last"])
        .with_numbers()
        .draw()?;
    Ok(save(CHAPTER, "patching", &figure)?)
}
