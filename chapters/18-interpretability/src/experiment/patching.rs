//! Patching: by which way what a story has told comes to the place where it is told again.

use super::exam::generator;
use super::ledger::{Ledger, rounded};
use super::lens::name;
use super::{Blocks, CHAPTER, DEFAULT, kept_model, kept_seeds};
use anyhow::Result;
use dfdx::prelude::Cpu;
use figures::{HeatMap, save};
use gpt::checkpoint::Checkpoint;
use gpt::seen::Place;
use gpt::{Gpt, LanguageModel, Run};
use interpretability::hooks::{Head, Kept, hooked, stream_places};
use interpretability::pairs::{Pair, pairs};
use interpretability::patch::{Patch, difference, patched};
use kernels::measured::mean_and_error;
use language_models::story::Slot;
use serde::{Deserialize, Serialize};

const PART: &str = "patching";
/// Pairs of each kind, and their stream.
const PAIRS: usize = 20;
/// Pairs that are tried.
const TRIED: usize = 60;
const STREAM: u64 = 7;
/// What the stories of a pair differ in.
const SLOTS: [(Slot, &str); 3] = [(Slot::Hero, "name"), (Slot::Home, "home"), (Slot::Colour, "colour")];
/// Groups of positions, and what they are called.
const GROUPS: [&str; 4] = ["told", "behind", "between", "last"];

/// Blocks of the models.
const BLOCKS: usize = 4;

type Model = Gpt<Blocks<BLOCKS>>;

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Patched {
    seed: u64,
    slots: Vec<OfSlot>,
}

/// Pairs that differ in one slot, in whose second place the word itself comes back, and which the model tells
/// apart: by how much its score of the one word over the other's moves from one story's to the other's.
#[derive(Debug, Serialize, Deserialize)]
struct OfSlot {
    what: String,
    pairs: Vec<OfPair>,
}

#[derive(Debug, Serialize, Deserialize)]
struct OfPair {
    /// From the story that is read to the other.
    whole: f64,
    /// Of each place of the stream, with the other story's vectors at each of [`GROUPS`]: where the word is told,
    /// right behind it, from there on, and at the last position.
    places: Vec<[f64; GROUPS.len()]>,
    /// Of each head, with what it found at the last position.
    heads: Vec<f64>,
    /// Of each head, with what it found right behind the word. (Looked at afterwards, with the default run.)
    #[serde(default)]
    carriers: Vec<f64>,
}

impl OfSlot {
    /// How much of the other story's answer comes back: of all pairs the moves by the whole differences, and the
    /// standard error of the pairs' shares.
    fn share(&self, moved: impl Fn(&OfPair) -> f64) -> (f64, f64) {
        let whole: f64 = self.pairs.iter().map(|pair| pair.whole).sum();
        let share = self.pairs.iter().map(&moved).sum::<f64>() / whole;
        let shares: Vec<f64> = self.pairs.iter().map(|pair| moved(pair) / pair.whole).collect();
        (share, mean_and_error(&shares).1)
    }
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
        let found = pairs(slot, TRIED, &run.tokenizer, context, &mut rng);
        let found = found.iter().filter(|pair| pair.returns).filter_map(|pair| patch(&run.model, pair));
        OfSlot { what: what.to_owned(), pairs: found.take(PAIRS).collect() }
    });
    Ok(Patched { seed, slots: slots.into() })
}

/// How far each patch moves the first story's answer towards the second's; `None` where the model does not
/// answer both rightly, or the word comes back at once.
fn patch(model: &Model, pair: &Pair) -> Option<OfPair> {
    let shape = <Model as LanguageModel<Cpu>>::SHAPE;
    let [read, other] = &pair.texts;
    let last = read.len() - 1;
    let answer = |scores: &[f32]| difference(scores, shape.vocabulary, last, pair.next[1], pair.next[0]);
    let [of_read, of_other] = [read, other].map(|text| answer(&hooked(model, text, 1, |_, _| ())));
    let told = pair.sources[0]..pair.sources[pair.sources.len() - 1] + 1;
    let behind = told.end;
    if of_read >= 0.0 || of_other <= 0.0 || behind >= last {
        return None;
    }
    let kept = Kept::of(model, other, 1);
    let moved = |patches: &[Patch]| rounded(answer(&patched(model, read, &kept, patches)) - of_read);
    let groups = [told, behind..behind + 1, behind + 1..last, last..last + 1];
    let places = stream_places(shape.layers).into_iter().map(|place| {
        groups.clone().map(|positions| {
            moved(&positions.map(|position| Patch { place, position, head: None }).collect::<Vec<_>>())
        })
    });
    let heads = |position: usize| -> Vec<f64> {
        let of = |Head { block, head }| {
            moved(&[Patch { place: Place::Heads(block), position, head: Some(head) }])
        };
        Head::all(shape.layers, shape.heads).into_iter().map(of).collect()
    };
    Some(OfPair {
        whole: rounded(of_other - of_read),
        places: places.collect(),
        heads: heads(last),
        carriers: heads(behind),
    })
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Patched>::load(PART)?;
    println!("\nPatching ({}, {})", ledger.processor, ledger.date);
    println!(
        "how much of the other story's answer comes back, with its vectors where the word is told, right"
    );
    println!(
        "behind it, from there on, and at the last position; of pairs in which the word itself comes back"
    );
    for run in &ledger.runs {
        for slot in &run.slots {
            println!("{}, seed {}: {} pairs", slot.what, run.seed, slot.pairs.len());
            for (at, place) in stream_places(BLOCKS).into_iter().enumerate() {
                let shares: [(f64, f64); 4] =
                    std::array::from_fn(|group| slot.share(|pair| pair.places[at][group]));
                let shares = shares.map(|(share, error)| format!("{share:7.2} ± {error:.2}")).concat();
                println!("  {:<40}{shares}", format!("{}, seed {}, {}", slot.what, run.seed, name(place)));
            }
            best(run.seed, slot, "at the last position", |pair| &pair.heads);
            if !slot.pairs[0].carriers.is_empty() {
                best(run.seed, slot, "right behind the word", |pair| &pair.carriers);
            }
        }
    }
    ledger.runs.iter().find(|run| run.seed == DEFAULT).map_or(Ok(()), draw)
}

/// Prints which heads bring most.
fn best(seed: u64, slot: &OfSlot, whence: &str, of: fn(&OfPair) -> &Vec<f64>) {
    let heads = Head::all(BLOCKS, of(&slot.pairs[0]).len() / BLOCKS).into_iter().enumerate();
    let mut heads: Vec<(f64, String)> = heads
        .map(|(at, Head { block, head })| (slot.share(|pair| of(pair)[at]).0, format!("{block}.{head}")))
        .collect();
    heads.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best: Vec<String> =
        heads.iter().take(4).map(|(share, head)| format!("{head} {share:.2}")).collect();
    println!("  {}, seed {seed}, one head {whence}: {}", slot.what, best.join(", "));
}

/// One slot's places by positions.
fn draw(run: &Patched) -> Result<()> {
    let (slot, places) = (&run.slots[0], stream_places(run.slots[0].pairs[0].places.len() / 2));
    // To two digits, so that nothing has no sign.
    let share = |at: usize, group: usize| slot.share(|pair| pair.places[at][group]).0;
    let of = |at: usize| (0..GROUPS.len()).map(|g| (100.0 * share(at, g)).round() / 100.0 + 0.0).collect();
    let figure = HeatMap::new("A name's way through the model", (0..places.len()).rev().map(of).collect())
        .rows(places.into_iter().rev().map(name))
        .cols(GROUPS)
        .with_numbers()
        .draw()?;
    Ok(save(CHAPTER, "patching", &figure)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_default_run_a_name_goes_to_the_token_behind_it_and_from_there_to_the_last_position() {
        let runs = Ledger::<Patched>::load(PART).unwrap().runs;
        let run = runs.iter().find(|run| run.seed == DEFAULT).unwrap();
        let name = &run.slots[0];
        let places = stream_places(name.pairs[0].places.len() / 2);
        for (at, place) in places.into_iter().enumerate() {
            let here: [f64; 4] = std::array::from_fn(|group| name.share(|pair| pair.places[at][group]).0);
            let most = match place {
                Place::Embedded => 0,
                Place::Attended(3) | Place::Thought(3) => 3,
                _ => 1,
            };
            for (group, share) in here.into_iter().enumerate() {
                assert!((share - f64::from(u8::from(group == most))).abs() < 0.05, "{place:?}: {here:?}");
            }
        }
    }

    #[test]
    fn a_colour_is_brought_by_one_head_with_every_seed_and_a_home_with_two_of_three() {
        let runs = Ledger::<Patched>::load(PART).unwrap().runs;
        let best = |slot: &OfSlot| {
            let shares = (0..slot.pairs[0].heads.len()).map(|head| slot.share(|pair| pair.heads[head]).0);
            shares.fold(0.0, f64::max)
        };
        assert!(runs.iter().all(|run| best(&run.slots[2]) > 0.95));
        let homes = runs.iter().map(|run| best(&run.slots[1]));
        assert_eq!(homes.map(|share| share > 0.9).collect::<Vec<_>>(), [true, true, false]);
    }

    #[test]
    fn before_any_of_its_way_is_gone_a_word_is_where_it_is_told() {
        for slot in Ledger::<Patched>::load(PART).unwrap().runs.iter().flat_map(|run| &run.slots) {
            assert_eq!(slot.pairs.len(), PAIRS);
            assert!((slot.share(|pair| pair.places[0][0]).0 - 1.0).abs() < 1e-3);
        }
    }
}
