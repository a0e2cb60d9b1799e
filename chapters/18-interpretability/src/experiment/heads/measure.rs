//! Looks at every head of a trained model, and takes it away.

use super::record::{Bits, Group, Looked, OfHead, PART};
use crate::experiment::exam::{Told, by_kind, exam, generator};
use crate::experiment::ledger::{Ledger, rounded};
use crate::experiment::{Blocks, kept_model, kept_seeds};
use anyhow::Result;
use dfdx::prelude::Cpu;
use gpt::checkpoint::Checkpoint;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel, Run};
use interpretability::ablate::{Component, Filling, Means, without};
use interpretability::attribution::{attribute, direction};
use interpretability::hooks::{Head, Kept};
use interpretability::induction::{copies_of_next, looks_at, prefix_matching, previous_token, repeated};
use interpretability::maps::Maps;
use language_models::story::Kind;
use tokens::Tokenizer;

/// Streams of stories: those that choose, those that judge, and those that means are of. The cliff's are 0 and 1.
const CHOOSE: u64 = 2;
const JUDGE: u64 = 3;
const MEAN: u64 = 4;
const RANDOM: u64 = 5;
/// Stories of each.
const STORIES: usize = 20;
/// Places that are shown, and where a head looks from each.
const SHOWN: usize = 6;
const SOURCES: usize = 3;
/// Groups of so many heads are taken away.
const LARGEST: usize = 4;

type Model = Gpt<Blocks<4>>;
/// By what heads are chosen.
type Score = fn(&OfHead) -> f64;

/// Looks at the heads of the models that `measure cliff` has kept.
pub fn measure(date: &str) -> Result<()> {
    Ledger::open(PART, date)?.fill(PART, &kept_seeds(), |run: &Looked, seed| run.seed == *seed, look)
}

fn look(seed: u64) -> Result<Looked> {
    let run: Run<Model> = Checkpoint::read(&kept_model(4, seed))?.restore(&Cpu::default())?;
    let (model, shape) = (&run.model, <Model as LanguageModel<Cpu>>::SHAPE);
    let of = |stream| exam(stream, STORIES, &run.tokenizer, shape.max_context);
    let (choose, judge, mean) = (of(CHOOSE)?, of(JUDGE)?, of(MEAN)?);
    let means = Means::of(model, &mean.iter().map(Told::read).collect::<Vec<_>>());
    let bits = |taken: &[Head], filling: Filling<'_>| -> Bits {
        let taken: Vec<Component> = taken.iter().map(|&head| Component::Head(head)).collect();
        by_kind(&judge, |told| told.divergences(&without(model, told.read(), 1, &taken, filling)))
            .map(rounded)
    };
    let mut rng = generator(RANDOM);
    let random: Vec<Vec<usize>> = (0..8).map(|_| repeated(shape.vocabulary, 60, &mut rng)).collect();
    let random: Vec<(Maps, &Vec<usize>)> =
        random.iter().map(|tokens| (Maps::of(model, tokens, 1), tokens)).collect();
    let chosen: Vec<(Maps, &Told)> =
        choose.iter().map(|told| (Maps::of(model, told.read(), 1), told)).collect();
    let fetch = |head, kind| {
        average(chosen.iter().filter_map(|(maps, told)| {
            let asked = told.asks(kind);
            looks_at(maps, head, 0, |position| copies_of_next(&told.ids, position, &asked))
        }))
    };
    let all = Head::all(shape.layers, shape.heads);
    let heads: Vec<OfHead> = all
        .iter()
        .map(|&head| OfHead {
            prefix: average(
                random.iter().filter_map(|(maps, tokens)| prefix_matching(maps, head, 0, tokens)),
            ),
            previous: average(chosen.iter().filter_map(|(maps, _)| previous_token(maps, head, 0))),
            fetch: fetch(head, Kind::Name),
            fetch_things: fetch(head, Kind::Thing),
            zero: bits(&[head], Filling::Zero),
            mean: bits(&[head], Filling::Mean(&means)),
        })
        .collect();
    let mut groups = Vec::new();
    let scores: [(&str, Score); 4] = [
        ("most on the name", |head| head.fetch),
        ("least on the name", |head| -head.fetch),
        ("most behind the prefix", |head| head.prefix),
        ("most on the token before", |head| head.previous),
    ];
    for (by, score) in scores {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by(|&a, &b| score(&heads[b]).total_cmp(&score(&heads[a])));
        for count in 1..=LARGEST {
            let taken: Vec<Head> = order[..count].iter().map(|&at| all[at]).collect();
            let without = bits(&taken, Filling::Mean(&means));
            let heads = taken.iter().map(|head| (head.block, head.head)).collect();
            groups.push(Group { by: by.to_owned(), heads, without });
        }
    }
    let (writes, places) = writes(model, &choose);
    let best = (0..all.len()).max_by(|&a, &b| heads[a].fetch.total_cmp(&heads[b].fetch)).unwrap_or(0);
    let shown = shown(all[best], &chosen[0], &run.tokenizer);
    Ok(Looked { seed, whole: bits(&[], Filling::Zero), heads, writes, places, shown, groups })
}

/// Where a head looks in a story, at the first places before a name told before.
fn shown(head: Head, (maps, told): &(Maps, &Told), tokenizer: &Tokens) -> Vec<String> {
    let asked = told.asks(Kind::Name);
    let text = |at: usize| {
        let bytes = tokenizer.decode(&[told.ids[at]]).expect("its own token");
        format!("{:?}", String::from_utf8_lossy(&bytes))
    };
    let place = |at: usize| {
        let row = maps.row(head, 0, at - 1);
        let mut order: Vec<usize> = (0..at).collect();
        order.sort_by(|&a, &b| row[b].total_cmp(&row[a]));
        let looks =
            order.into_iter().take(SOURCES).map(|other| format!("{} {:.2}", text(other), row[other]));
        let looks: Vec<String> = looks.collect();
        format!("from {}, before {}: {}", text(at - 1), text(at), looks.join(", "))
    };
    (1..told.ids.len()).filter(|&at| asked[at]).take(SHOWN).map(place).collect()
}

/// What each part adds to the score of the person who is named next over that of the other, on average,
/// in the stories whose two people have a token each.
fn writes(model: &Model, stories: &[Told]) -> (Vec<f64>, usize) {
    let (mut sums, mut places) = (Vec::new(), 0);
    for told in stories {
        let asked = told.asks(Kind::Name);
        let mut names: Vec<usize> =
            (1..told.ids.len()).filter(|&at| asked[at]).map(|at| told.ids[at]).collect();
        names.sort_unstable();
        names.dedup();
        let [one, two] = names[..] else { continue };
        let kept = Kept::of(model, told.read(), 1);
        for at in (1..told.ids.len()).filter(|&at| asked[at]) {
            let other = if told.ids[at] == one { two } else { one };
            let direction = direction(model, told.ids[at], Some(other));
            let parts = attribute(model, &kept, told.read(), at - 1, &direction);
            sums.resize(parts.len(), 0.0);
            sums.iter_mut().zip(parts).for_each(|(sum, (_, adds))| *sum += adds);
            places += 1;
        }
    }
    (sums.into_iter().map(|sum| rounded(sum / places as f64)).collect(), places)
}

fn average(numbers: impl Iterator<Item = f64>) -> f64 {
    let numbers: Vec<f64> = numbers.collect();
    rounded(numbers.iter().sum::<f64>() / numbers.len() as f64)
}
