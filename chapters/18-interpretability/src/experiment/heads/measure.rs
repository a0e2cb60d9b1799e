//! Looks at every head of a trained model, and takes it away.

use super::record::{Bits, Looked, OfHead, PART, Pair, other_pairs};
use crate::experiment::cliff::at_other;
use crate::experiment::exam::{Told, by_kind, exam, generator};
use crate::experiment::ledger::{Ledger, rounded};
use crate::experiment::{Blocks, kept_model, kept_seeds};
use anyhow::Result;
use dfdx::prelude::Cpu;
use gpt::checkpoint::Checkpoint;
use gpt::corpus::{Source, Text};
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel, Run};
use interpretability::ablate::{Component, Filling, Means, without};
use interpretability::attribution::{attribute, direction};
use interpretability::hooks::{Head, Kept};
use interpretability::induction::{
    behind_copies, copies, halves, looks_at, prefix_matching, previous_token, repeated,
};
use interpretability::maps::Maps;
use language_models::story::{KINDS, Kind};
use tokens::Tokenizer;

/// Streams of stories: those that choose, those that judge, and those that means are of. The cliff's are 0 and 1.
const CHOOSE: u64 = 2;
const JUDGE: u64 = 3;
const MEAN: u64 = 4;
const RANDOM: u64 = 5;
/// Stories of each.
const STORIES: usize = 20;
/// Random texts, the tokens in each before they come again, and how often a word comes that comes often.
const SEQUENCES: usize = 8;
const LENGTH: usize = 60;
const OFTEN: usize = 100;
/// Places that are shown, and where a head looks from each.
const SHOWN: usize = 6;
const LOOKS: usize = 3;

type Model = Gpt<Blocks<4>>;

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
    let chosen: Vec<(Maps, &Told)> =
        choose.iter().map(|told| (Maps::of(model, told.read(), 1), told)).collect();
    let looks = |head, sources: &dyn Fn(&Told, usize) -> Vec<usize>| {
        average(chosen.iter().filter_map(|(maps, told)| looks_at(maps, head, 0, |at| sources(told, at))))
    };
    let [any, words] = random(&run)?.map(|texts| Repeated::of(model, texts));
    let all = Head::all(shape.layers, shape.heads);
    let heads: Vec<OfHead> = all
        .iter()
        .map(|&head| OfHead {
            prefix: any.prefix(head),
            prefix_words: words.prefix(head),
            previous: average(chosen.iter().filter_map(|(maps, _)| previous_token(maps, head, 0))),
            carry: average(chosen.iter().filter_map(|(maps, told)| carried(maps, head, told))),
            fetch: looks(head, &|told, at| copies(&told.ids, at, &told.wanted(Kind::Name, at))),
            behind: looks(head, &|told, at| behind_copies(&told.ids, at, &told.wanted(Kind::Name, at))),
            other: looks(head, &at_other),
            fetch_things: looks(head, &|told, at| copies(&told.ids, at, &told.wanted(Kind::Thing, at))),
            behind_things: looks(head, &|told, at| {
                behind_copies(&told.ids, at, &told.wanted(Kind::Thing, at))
            }),
            zero: bits(&[head], Filling::Zero),
            mean: bits(&[head], Filling::Mean(&means)),
        })
        .collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    let right = |head: &OfHead| head.fetch + head.behind - head.other;
    order.sort_by(|&a, &b| right(&heads[b]).total_cmp(&right(&heads[a])));
    let pair = [all[order[0]], all[order[1]]];
    let without_pair = |pair: [Head; 2]| bits(&pair, Filling::Mean(&means));
    let names = KINDS.iter().position(|(kind, _)| *kind == Kind::Name).expect("a kind");
    let others = other_pairs(pair, &all).into_iter().map(|pair| without_pair(pair)[names]).collect();
    let (writes, places) = writes(model, &choose);
    Ok(Looked {
        seed,
        whole: bits(&[], Filling::Zero),
        heads,
        halves: any.halves,
        halves_words: words.halves,
        writes,
        places,
        shown: shown(pair[0], &chosen[0], &run.tokenizer),
        pair: Pair {
            heads: pair.map(|head| (head.block, head.head)).into(),
            without: without_pair(pair),
            others,
        },
    })
}

/// Texts that are read twice, and what a model makes of them.
struct Repeated {
    maps: Vec<(Maps, Vec<usize>)>,
    halves: [f64; 2],
}

impl Repeated {
    /// Of texts of which the first token is none of those that come twice.
    fn of(model: &Model, texts: Vec<Vec<usize>>) -> Self {
        let vocabulary = <Model as LanguageModel<Cpu>>::SHAPE.vocabulary;
        let mut both = [0.0; 2];
        for text in &texts {
            let bits = halves(&model.logits(text)[vocabulary..], vocabulary, &text[1..]);
            both.iter_mut().zip(bits).for_each(|(sum, bits)| *sum += bits / texts.len() as f64);
        }
        let maps = texts.into_iter().map(|text| (Maps::of(model, &text, 1), text)).collect();
        Self { maps, halves: both.map(rounded) }
    }

    fn prefix(&self, head: Head) -> f64 {
        average(self.maps.iter().filter_map(|(maps, text)| prefix_matching(maps, head, 0, text)))
    }
}

/// Texts that are read twice behind the token that begins a story: of any tokens, and of words that come often.
fn random(run: &Run<Model>) -> Result<[Vec<Vec<usize>>; 2]> {
    let begin = run.prompt("");
    let mut counts = vec![0; <Model as LanguageModel<Cpu>>::SHAPE.vocabulary];
    for token in run.tokenizer.encode(&Text::load(&Source::Stories)?.train) {
        counts[token] += 1;
    }
    let any: Vec<usize> = (0..counts.len()).filter(|token| !begin.contains(token)).collect();
    let is_word = |token: &usize| {
        let bytes = run.tokenizer.decode(&[*token]).expect("its own token");
        bytes.len() > 2 && bytes[0] == b' ' && bytes[1..].iter().all(u8::is_ascii_lowercase)
    };
    let often: Vec<usize> =
        any.iter().copied().filter(|&token| counts[token] > OFTEN).filter(is_word).collect();
    let mut rng = generator(RANDOM);
    Ok([any, often].map(|pool| {
        let text = |_| [&begin[..], &repeated(&pool, LENGTH, &mut rng)].concat();
        (0..SEQUENCES).map(text).collect()
    }))
}

/// How much a head looks at a name from the token right behind it, wherever a name stands.
fn carried(maps: &Maps, head: Head, told: &Told) -> Option<f64> {
    let names = told.names();
    looks_at(maps, head, 0, |position| {
        let before = position.checked_sub(1).filter(|&before| names.contains(&told.ids[before]));
        before.into_iter().collect()
    })
}

/// Where a head looks in a story, at the first places before a name told before.
fn shown(head: Head, (maps, told): &(Maps, &Told), tokenizer: &Tokens) -> Vec<String> {
    let text = |at: usize| {
        let bytes = tokenizer.decode(&[told.ids[at]]).expect("its own token");
        format!("{:?}", String::from_utf8_lossy(&bytes))
    };
    let place = |at: usize| {
        let row = maps.row(head, 0, at - 1);
        let mut order: Vec<usize> = (0..at).collect();
        order.sort_by(|&a, &b| row[b].total_cmp(&row[a]));
        let looks = order.into_iter().take(LOOKS).map(|other| format!("{} {:.2}", text(other), row[other]));
        let looks: Vec<String> = looks.collect();
        format!("from {}, before {}: {}", text(at - 1), text(at), looks.join(", "))
    };
    told.asked(Kind::Name).into_iter().take(SHOWN).map(place).collect()
}

/// What each part adds to the score of the person who is named next over that of the other, on average,
/// at the first token of each name told before.
fn writes(model: &Model, stories: &[Told]) -> (Vec<f64>, usize) {
    let (mut sums, mut places) = (Vec::new(), 0);
    for told in stories {
        let names: Vec<usize> = told.names().into_iter().collect();
        let [one, two] = names[..] else { continue };
        let kept = Kept::of(model, told.read(), 1);
        for at in told.asked(Kind::Name) {
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
