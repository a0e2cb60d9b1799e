//! The measurement.

use super::record::{FILE, Next, Outcome, Record, Way};
use crate::experiment::trained::{CONTEXT, DEPTHS, Seen, WIDTH, draws, stories, trained};
use anyhow::Result;
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use gpt::tokenizer::Tokens;
use interpretability::pairs::{Pair, pairs, values};
use interpretability::probe::{Depths, Probe, streams};
use interpretability::steer::{Push, continued, likeliest, pushed_scores};
use kernels::Workers;
use kernels::measured::{load, median, processor, save};
use language_models::story::{self, Slot};
use rand::{Rng, RngCore};
use std::path::Path;
use tokens::Tokenizer;

const SLOT: Slot = Slot::Object;
/// How many things there are of each kind, one kind after the other.
const OF_A_KIND: usize = 9;
const TRAIN: usize = 1000;
const PAIRS: usize = 140;
/// Pairs of which the rest of the story is told; at which depth they are pushed the others choose.
const TOLD: usize = 40;

/// Measures, and keeps what was found.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let (model, tokenizer) = trained(folder)?;
    let mut record: Record = if Path::new(FILE).exists() {
        load(FILE)?
    } else {
        Record {
            processor: processor(),
            date: date.to_owned(),
            train: TRAIN,
            pairs: PAIRS - TOLD,
            told_of: TOLD,
            next: vec![],
            told: vec![],
        }
    };
    let probes = probes(&model, &stories(10, TRAIN, &tokenizer)?.0);
    let pairs = same_kind(&tokenizer);
    let seen: Vec<[Depths; 2]> = Workers::with(2)
        .map(pairs.iter().collect(), |pair: &Pair| [0, 1].map(|i| streams(&model, &pair.texts[i])));
    let mut rng = draws(12);
    for place in [0, 1] {
        for depth in 0..DEPTHS {
            for way in Way::ALL {
                let pushes = pushes(&pairs, &seen, &probes, (place, depth, way), &mut rng);
                if !record.next.iter().any(|next| (next.place, next.depth, next.way) == (place, depth, way))
                {
                    let rest = (&pairs[TOLD..], &seen[TOLD..], &pushes[TOLD..]);
                    record.next.push(next(&model, rest, (place, depth, way)));
                    save(FILE, &record)?;
                }
            }
        }
    }
    let best = |place: usize| {
        let of = record
            .next
            .iter()
            .filter(|next| next.place == place && next.way == Way::Means && next.depth > 0);
        of.max_by_key(|next| next.other).map_or(1, |next| next.depth)
    };
    let needed = [Way::Other, Way::Means, Way::ProbeFar].map(|way| Some((1, best(1), way)));
    let told_there = [Way::Means, Way::ProbeFar].map(|way| Some((0, 0, way)));
    for push in [None].into_iter().chain(told_there).chain(needed) {
        if record.told.iter().any(|told| told.push == push) {
            continue;
        }
        let pushes = match push {
            None => vec![None; PAIRS],
            Some(which) => {
                pushes(&pairs, &seen, &probes, which, &mut draws(13)).into_iter().map(Some).collect()
            }
        };
        record.told.push(told(&model, &tokenizer, &pairs[..TOLD], &pushes, push));
        eprintln!("{:?}", record.told.last());
        save(FILE, &record)?;
    }
    Ok(())
}

/// By place and depth a probe for the thing.
fn probes(model: &Gpt<LaptopBpe>, all: &[Seen]) -> [Vec<Probe>; 2] {
    let labels: Vec<usize> = all.iter().map(|story| story.plot.get(SLOT)).collect();
    let found = Workers::with(2).map(all.iter().collect(), |story: &Seen| {
        let [told, _, needed] = story.places(SLOT).expect("what is given is lost");
        let seen = streams(model, &story.tokens[..=needed]);
        [told, needed]
            .map(|at| seen.iter().map(|x| x[at * WIDTH..(at + 1) * WIDTH].to_vec()).collect::<Vec<_>>())
    });
    [0, 1].map(|place| {
        let fit = |depth: usize| {
            let examples: Vec<&[f32]> = found.iter().map(|story| &story[place][depth][..]).collect();
            Probe::fit(&examples, &labels, values(SLOT))
        };
        Workers::with(2).map((0..DEPTHS).collect(), fit)
    })
}

/// Pairs whose things are of one kind, so that what is said of the kind is right for both (else it would
/// come next, and not the thing), and are a single token.
fn same_kind(tokenizer: &Tokens) -> Vec<Pair> {
    let mut rng = draws(11);
    let mut found = Vec::new();
    while found.len() < PAIRS {
        let some = pairs(SLOT, 10, tokenizer, CONTEXT, &mut rng).into_iter();
        found.extend(some.filter(|pair| {
            let of_one_token = |i: usize| pair.texts[i][pair.sources[0]] == pair.next[i];
            pair.returns && pair.sources.len() == 1 && of_one_token(0) && of_one_token(1)
        }));
    }
    found.truncate(PAIRS);
    found
}

/// Where a pair is pushed.
fn position(pair: &Pair, place: usize) -> usize {
    if place == 0 { pair.sources[0] } else { pair.texts[0].len() - 1 }
}

fn pushes(
    pairs: &[Pair],
    seen: &[[Depths; 2]],
    probes: &[Vec<Probe>; 2],
    (place, depth, way): (usize, usize, Way),
    rng: &mut impl RngCore,
) -> Vec<Push> {
    let mut push = |(pair, seen): (&Pair, &[Depths; 2])| {
        let position = position(pair, place);
        let [own, other] = [0, 1].map(|i| &seen[i][depth][position * WIDTH..(position + 1) * WIDTH]);
        let ([from, to], probe) = (pair.values, &probes[place][depth]);
        let shift: Vec<f64> = match way {
            Way::Other => own.iter().zip(other).map(|(own, other)| f64::from(other - own)).collect(),
            Way::Means => probe.between_means(from, to),
            Way::Others => {
                let of_kind = (0..values(SLOT)).filter(|value| value / OF_A_KIND == from / OF_A_KIND);
                let others: Vec<usize> =
                    of_kind.filter(|value| ![from, to].contains(value)).take(2).collect();
                probe.between_means(others[0], others[1])
            }
            Way::Probe => probe.across(own, from, to, 1.0),
            Way::ProbeFar => as_long(&probe.across(own, from, to, 1.0), &probe.between_means(from, to)),
            Way::Random => {
                let random: Vec<f64> = (0..WIDTH).map(|_| rng.r#gen::<f64>() - 0.5).collect();
                as_long(&random, &probe.between_means(from, to))
            }
        };
        Push { depth, position, shift: shift.into_iter().map(|x| x as f32).collect() }
    };
    pairs.iter().zip(seen).map(&mut push).collect()
}

/// `direction`, as long as `other`.
fn as_long(direction: &[f64], other: &[f64]) -> Vec<f64> {
    let length = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>().sqrt();
    let scale = length(other) / length(direction);
    direction.iter().map(|x| scale * x).collect()
}

fn next(
    model: &Gpt<LaptopBpe>,
    (pairs, seen, pushes): (&[Pair], &[[Depths; 2]], &[Push]),
    (place, depth, way): (usize, usize, Way),
) -> Next {
    let all: Vec<(&Pair, &Push)> = pairs.iter().zip(pushes).collect();
    let groups = all.chunks(8).collect();
    let scores = Workers::with(2).map(groups, |group: &[(&Pair, &Push)]| {
        let texts: Vec<(&[usize], Option<&Push>)> =
            group.iter().map(|(pair, push)| (&pair.texts[0][..], Some(*push))).collect();
        pushed_scores(model, &texts)
    });
    let said: Vec<usize> = scores.concat().iter().map(|scores| likeliest(scores)).collect();
    let count =
        |which: usize| said.iter().zip(pairs).filter(|(said, pair)| **said == pair.next[which]).count();
    let length = |x: &[f32]| x.iter().map(|x| f64::from(x * x)).sum::<f64>().sqrt();
    let lengths = pushes.iter().zip(seen).map(|(push, seen)| {
        let at = push.position * WIDTH;
        length(&push.shift) / length(&seen[0][depth][at..at + WIDTH])
    });
    let next = Next {
        place,
        depth,
        way,
        other: count(1),
        own: count(0),
        length: median(&lengths.collect::<Vec<_>>()),
    };
    eprintln!("{next:?}");
    next
}

/// Tells the stories to their ends, and reads them.
fn told(
    model: &Gpt<LaptopBpe>,
    tokenizer: &Tokens,
    pairs: &[Pair],
    pushes: &[Option<Push>],
    push: Option<(usize, usize, Way)>,
) -> Outcome {
    let texts: Vec<(Vec<usize>, Option<Push>)> =
        pairs.iter().zip(pushes).map(|(pair, push)| (pair.texts[0].clone(), push.clone())).collect();
    let text = |ids: &[usize]| {
        String::from_utf8_lossy(&tokenizer.decode(&ids[1..]).unwrap_or_default()).into_owned()
    };
    // A story is over with an empty line; its tokens end with it.
    let over: Vec<usize> = tokenizer.encode("\n\n");
    let written = continued(model, &texts, &Workers::with(2), move |tokens| tokens.ends_with(&over));
    let mut told = Outcome { push, other: 0, own: 0, broken_other: 0 };
    for (pair, written) in pairs.iter().zip(&written) {
        let rest = &written[pair.texts[0].len()..];
        let is_story = |which: usize| story::read(&text(&[&pair.texts[which][..], rest].concat())).is_ok();
        if is_story(1) {
            told.other += 1;
        } else if is_story(0) {
            told.own += 1;
        } else if rest.first() == Some(&pair.next[1]) {
            told.broken_other += 1;
        }
    }
    told
}
