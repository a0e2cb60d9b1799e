//! The measurement.

use super::record::{FILE, METHODS, Record, Slot as Kept};
use crate::experiment::trained::{CONTEXT, draws, stories, trained};
use anyhow::Result;
use gpt::sizes::LaptopBpe;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel};
use interpretability::explain::attention;
use interpretability::explain::gradient::slopes;
use interpretability::explain::occlusion::{means, occlusion};
use interpretability::explain::score::{pointed, ranked, recency, same_token};
use interpretability::hooks::Head;
use interpretability::maps::Maps;
use interpretability::pairs::{Pair, pairs};
use kernels::Workers;
use kernels::measured::{load, mean_and_error, median, processor, save};
use language_models::story::Slot;
use rand::RngCore;
use std::path::Path;

/// Words that come back, and two that decide which sentences can follow.
const SLOTS: [Slot; 9] = [
    Slot::Object,
    Slot::Colour,
    Slot::Animal,
    Slot::Friend,
    Slot::Home,
    Slot::Promise,
    Slot::Trade,
    Slot::Trait,
    Slot::Weather,
];
const CHOOSE: usize = 10;
const JUDGE: usize = 30;
/// Stories whose mean hides a position.
const MEAN_OF: usize = 200;

type Model = Gpt<LaptopBpe>;

/// Measures, and keeps what was found.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let (model, tokenizer) = trained(folder)?;
    let mut record: Record = if Path::new(FILE).exists() {
        load(FILE)?
    } else {
        let (head, head_ranked) = best_head(&model, &tokenizer);
        Record {
            processor: processor(),
            date: date.to_owned(),
            chosen_by: CHOOSE,
            head,
            head_ranked,
            slots: vec![],
        }
    };
    let texts: Vec<Vec<usize>> =
        stories(22, MEAN_OF, &tokenizer)?.0.into_iter().map(|story| story.tokens).collect();
    let hidden = means(&model, &texts);
    for (i, slot) in SLOTS.into_iter().enumerate() {
        let name = format!("{slot:?}").to_lowercase();
        if record.slots.iter().any(|kept| kept.name == name) {
            continue;
        }
        let (known, looked_at) = told_apart(&model, slot, JUDGE, &tokenizer, &mut draws(30 + i as u64));
        let found = Workers::with(2)
            .map(known.iter().collect(), |pair: &Pair| explained(&model, pair, record.head, &hidden));
        let of = |sources: fn(&Pair) -> Vec<usize>, score: fn(&[f64], &[usize]) -> f64| {
            let method = |method: usize| -> Vec<f64> {
                found.iter().zip(&known).map(|(all, pair)| score(&all[method], &sources(pair))).collect()
            };
            (0..METHODS.len()).map(method).collect::<Vec<_>>()
        };
        let sources = |pair: &Pair| pair.sources.clone();
        let is_copied = |pair: &&Pair| pair.sources.iter().any(|&at| pair.texts[0][at] == pair.next[0]);
        let distance =
            |pair: &Pair| (pair.texts[0].len() - 1 - pair.sources[pair.sources.len() - 1]) as f64;
        record.slots.push(Kept {
            name,
            copied: known.iter().filter(is_copied).count(),
            looked_at,
            distance: median(&known.iter().map(distance).collect::<Vec<_>>()),
            ranked: of(sources, ranked),
            ranked_behind: of(and_behind, ranked),
            pointed: of(sources, pointed),
        });
        save(FILE, &record)?;
        eprintln!("{slot:?}");
    }
    Ok(())
}

/// The sources, and the position behind each.
fn and_behind(pair: &Pair) -> Vec<usize> {
    let both = pair.sources.iter().flat_map(|&at| [at, at + 1]);
    let mut both: Vec<usize> = both.filter(|&at| at < pair.texts[0].len()).collect();
    both.dedup();
    both
}

/// Pairs that the model tells apart: in each text its own next token has the higher score of the two. And
/// how many were looked at.
fn told_apart(
    model: &Model,
    slot: Slot,
    count: usize,
    tokenizer: &Tokens,
    rng: &mut impl RngCore,
) -> (Vec<Pair>, usize) {
    let (mut known, mut looked_at) = (Vec::new(), 0);
    while known.len() < count {
        let pair = pairs(slot, 1, tokenizer, CONTEXT, rng).remove(0);
        // Of a word that comes back only that is asked, and not what follows from it before.
        if !pair.returns && ![Slot::Trait, Slot::Weather].contains(&slot) {
            continue;
        }
        looked_at += 1;
        let is_known = (0..2).all(|i| {
            let scores = model.next_logits(&pair.texts[i]);
            scores[pair.next[i]] > scores[pair.next[1 - i]]
        });
        if is_known {
            known.push(pair);
        }
    }
    (known, looked_at)
}

/// The head that ranks the sources of other pairs highest.
fn best_head(model: &Model, tokenizer: &Tokens) -> ((usize, usize), f64) {
    let mut all: Vec<(Maps, Vec<usize>)> = Vec::new();
    for (i, slot) in SLOTS.into_iter().enumerate() {
        let (known, _) = told_apart(model, slot, CHOOSE, tokenizer, &mut draws(50 + i as u64));
        all.extend(known.iter().map(|pair| (Maps::of(model, &pair.texts[0], 1), pair.sources.clone())));
    }
    let score = |head: Head| {
        let of = |(maps, sources): &(Maps, Vec<usize>)| ranked(&attention::head(maps, head), sources);
        mean_and_error(&all.iter().map(of).collect::<Vec<_>>()).0
    };
    let scored = all[0].0.heads().into_iter().map(|head| ((head.block, head.head), score(head)));
    scored.max_by(|a, b| a.1.total_cmp(&b.1)).expect("a model has heads")
}

/// What each method says of the positions of a pair's first text.
fn explained(model: &Model, pair: &Pair, (block, head): (usize, usize), hidden: &[f32]) -> Vec<Vec<f64>> {
    let (text, next) = (&pair.texts[0], pair.next);
    let maps = Maps::of(model, text, 1);
    let slopes = slopes(model, text, next);
    vec![
        attention::mean(&maps),
        attention::rollout(&maps),
        attention::head(&maps, Head { block, head }),
        slopes.length,
        slopes.times_input.clone(),
        slopes.times_input.iter().map(|slope| slope.abs()).collect(),
        occlusion(model, text, next, hidden),
        recency(text),
        same_token(text, next[0]),
    ]
}
