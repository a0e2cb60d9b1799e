//! The measurement.

use super::record::{FILE, Groups, Places, Record};
use crate::experiment::trained::{DEPTHS, Seen, WIDTH, draws, stories, trained};
use anyhow::Result;
use interpretability::pairs::{DRAWN, values};
use interpretability::probe::discriminant::Moments;
use interpretability::probe::groups::{drawn_by_lot, folds, unseen};
use interpretability::probe::{Probe, streams};
use kernels::Workers;
use kernels::measured::{load, processor, save};
use language_models::story::Slot;
use language_models::story::beats::STORY;
use std::path::Path;

const TRAIN: usize = 2000;
const TEST: usize = 1000;
/// Lots that are drawn.
const LOTS: usize = 5;
/// Slots whose word comes back.
const TWICE: [Slot; 11] = [
    Slot::Hero,
    Slot::Home,
    Slot::Relative,
    Slot::Trade,
    Slot::Friend,
    Slot::Colour,
    Slot::Object,
    Slot::Animal,
    Slot::Den,
    Slot::Promise,
    Slot::Hiding,
];

/// The vectors of some stories at some of their positions, at one depth after the other.
struct Vectors {
    /// By depth, by position that was asked for, one for each story.
    numbers: Vec<Vec<Vec<f32>>>,
}

/// The vectors at `positions` of each story.
fn vectors(model: &gpt::Gpt<gpt::sizes::LaptopBpe>, all: &[Seen], positions: impl Fn(&Seen) -> Vec<usize> + Sync) -> Vectors {
    let one = |story: &Seen| -> Vec<Vec<f32>> {
        let at = positions(story);
        let deep = streams(model, &story.tokens);
        deep.iter().map(|x| at.iter().flat_map(|&p| x[p * WIDTH..(p + 1) * WIDTH].to_vec()).collect()).collect()
    };
    let found: Vec<Vec<Vec<f32>>> = Workers::with(2).map(all.iter().collect(), one);
    let mut numbers = vec![Vec::new(); DEPTHS];
    for story in found {
        for (depth, x) in story.into_iter().enumerate() {
            numbers[depth].push(x);
        }
    }
    Vectors { numbers }
}

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
            test: TEST,
            behind: Vec::new(),
            places: Vec::new(),
            groups: Vec::new(),
        }
    };
    let (train, test) = (stories(1, TRAIN, &tokenizer)?, stories(2, TEST, &tokenizer)?);
    eprintln!("{} stories", train.len() + test.len());
    if record.behind.len() < DEPTHS {
        let [seen, judged] = [&train, &test].map(|all| vectors(&model, all, |story| story.behind.clone()));
        for depth in record.behind.len()..DEPTHS {
            record.behind.push(behind(&seen.numbers[depth], &judged.numbers[depth], &train, &test));
            save(FILE, &record)?;
            eprintln!("depth {depth}");
        }
    }
    for slot in TWICE {
        let name = format!("{slot:?}").to_lowercase();
        if record.places.iter().any(|places| places.slot == name) {
            continue;
        }
        record.places.push(places(&model, slot, name, &train, &test));
        save(FILE, &record)?;
    }
    for (what, slot, group, parts) in [
        ("kinds of things", Slot::Object, (0..45).map(|i| i / 9).collect::<Vec<usize>>(), 9),
        ("girls and boys", Slot::Friend, (0..40).map(|i| i / 20).collect(), 10),
    ] {
        if record.groups.iter().any(|groups| groups.what == what) {
            continue;
        }
        record.groups.extend(groups(&model, what, slot, &group, parts, (&train, &test)));
        save(FILE, &record)?;
    }
    Ok(())
}

/// The accuracy for each slot behind each beat.
fn behind(seen: &[Vec<f32>], judged: &[Vec<f32>], train: &[Seen], test: &[Seen]) -> Vec<Vec<f64>> {
    let columns = Workers::with(2).map((0..STORY.len()).collect(), |beat: usize| {
        let at = |story: &'_ Vec<f32>| -> std::ops::Range<usize> {
            debug_assert_eq!(story.len(), STORY.len() * WIDTH);
            beat * WIDTH..(beat + 1) * WIDTH
        };
        let examples: Vec<&[f32]> = seen.iter().map(|story| &story[at(story)]).collect();
        let questions: Vec<&[f32]> = judged.iter().map(|story| &story[at(story)]).collect();
        let moments = Moments::of(&examples);
        DRAWN.map(|slot| {
            let labels = |all: &[Seen]| all.iter().map(|story| story.plot.get(slot)).collect::<Vec<_>>();
            let probe = Probe::of(&moments, &examples, &labels(train), values(slot));
            probe.accuracy(&questions, &labels(test))
        })
    });
    (0..DRAWN.len()).map(|slot| columns.iter().map(|column| column[slot]).collect()).collect()
}

type Model = gpt::Gpt<gpt::sizes::LaptopBpe>;

fn places(model: &Model, slot: Slot, name: String, train: &[Seen], test: &[Seen]) -> Places {
    let with = |all: &'_ [Seen]| -> Vec<usize> {
        (0..all.len()).filter(|&i| all[i].places(slot).is_some()).collect()
    };
    let part = |all: &[Seen]| {
        let chosen = with(all);
        let labels: Vec<usize> = chosen.iter().map(|&i| all[i].plot.get(slot)).collect();
        let found = vectors(model, all, |story| story.places(slot).map_or(Vec::new(), |places| places.to_vec()));
        (labels, found)
    };
    let ((labels, seen), (truth, judged)) = (part(train), part(test));
    let accuracy = (0..DEPTHS).map(|depth| {
        [0, 1, 2].map(|place| {
            let of = |all: &'_ Vectors| -> Vec<Vec<f32>> {
                let told = all.numbers[depth].iter().filter(|x| !x.is_empty());
                told.map(|x| x[place * WIDTH..(place + 1) * WIDTH].to_vec()).collect()
            };
            let (examples, questions) = (of(&seen), of(&judged));
            let [examples, questions] =
                [&examples, &questions].map(|all| all.iter().map(Vec::as_slice).collect::<Vec<&[f32]>>());
            Probe::fit(&examples, &labels, values(slot)).accuracy(&questions, &truth)
        })
    });
    eprintln!("{name}");
    Places { test: truth.len(), accuracy: accuracy.collect(), slot: name }
}

/// Groups of the values of a slot, where it is told for the first time.
fn groups(
    model: &Model,
    what: &str,
    slot: Slot,
    group: &[usize],
    parts: usize,
    (train, test): (&[Seen], &[Seen]),
) -> Vec<Groups> {
    let told = |story: &Seen| {
        let mention = story.mentions.iter().find(|(other, _)| *other == slot);
        vec![mention.expect("every story tells it").1.end - 1]
    };
    let [seen, judged] = [train, test].map(|all| vectors(model, all, told));
    let [values, questions] = [train, test].map(|all| all.iter().map(|story| story.plot.get(slot)).collect::<Vec<_>>());
    let fold = folds(group, parts);
    let mut rng = draws(3);
    let lots: Vec<Vec<usize>> = (0..LOTS).map(|_| drawn_by_lot(group, &mut rng)).collect();
    let row = |depth: usize| {
        let [examples, others] = [&seen, &judged].map(|all| all.numbers[depth].iter().map(Vec::as_slice).collect::<Vec<&[f32]>>());
        let heard = |group: &[usize]| {
            let labels = |values: &[usize]| values.iter().map(|&value| group[value]).collect::<Vec<_>>();
            let probe = Probe::fit(&examples, &labels(&values), 1 + group.iter().max().expect("values"));
            probe.accuracy(&others, &labels(&questions))
        };
        let unheard = |group: &[usize]| unseen(&examples, &values, group, &fold);
        Groups {
            what: what.to_owned(),
            depth,
            seen: heard(group),
            unseen: unheard(group),
            lot_seen: lots.iter().map(|lot| heard(lot)).collect(),
            lot_unseen: lots.iter().map(|lot| unheard(lot)).collect(),
            n_seen: test.len(),
            n_unseen: train.len(),
        }
    };
    Workers::with(2).map((0..DEPTHS).collect(), row)
}
