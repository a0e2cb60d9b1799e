//! The measurement.

use super::record::{FILE, Groups, Places, Record};
use super::vectors::{TWICE, Vectors};
use crate::experiment::trained::{DEPTHS, Seen, draws, stories, trained};
use anyhow::Result;
use data_quality::reading::fresh;
use interpretability::pairs::{DRAWN, values};
use interpretability::probe::groups::{drawn_by_lot, folds, mostly_right, unseen};
use interpretability::probe::{Moments, Probe};
use kernels::Workers;
use kernels::measured::{load, processor, save};
use language_models::story::Slot;
use language_models::story::beats::STORY;
use std::path::Path;

const TRAIN: usize = 1500;
const TEST: usize = 750;
/// Lots that are drawn.
const LOTS: usize = 5;

/// What is read, and what is to be read off it.
struct Half<'a> {
    stories: &'a [Seen],
    vectors: Vectors,
}

impl Half<'_> {
    fn labels(&self, slot: Slot) -> Vec<usize> {
        self.stories.iter().map(|story| story.plot.get(slot)).collect()
    }

    /// The stories that tell a slot twice.
    fn twice(&self, slot: Slot) -> Vec<usize> {
        (0..self.stories.len()).filter(|&i| self.stories[i].places(slot).is_some()).collect()
    }
}

/// Measures, and keeps what was found.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let (model, tokenizer) = trained(folder)?;
    let ((train, told), (test, more)) = (stories(1, TRAIN, &tokenizer)?, stories(2, TEST, &tokenizer)?);
    let mut record: Record = if Path::new(FILE).exists() {
        load(FILE)?
    } else {
        Record {
            processor: processor(),
            date: date.to_owned(),
            train: TRAIN,
            test: TEST,
            told: told + more,
            behind: Vec::new(),
            places: Vec::new(),
            untrained: Vec::new(),
            groups: Vec::new(),
        }
    };
    let halves = [&train, &test].map(|stories| Half { stories, vectors: Vectors::of(&model, stories) });
    eprintln!("{} stories", train.len() + test.len());
    for depth in record.behind.len()..DEPTHS {
        record.behind.push(behind(&halves, depth));
        save(FILE, &record)?;
        eprintln!("depth {depth}");
    }
    if record.places.is_empty() {
        record.places = TWICE.iter().map(|slot| places(&halves, *slot)).collect();
        save(FILE, &record)?;
    }
    if record.groups.is_empty() {
        let kinds: Vec<usize> = (0..values(Slot::Object)).map(|object| object / 9).collect();
        record.groups.extend(groups(&halves, "kinds of things", Slot::Object, &kinds, 9));
        let sexes: Vec<usize> = (0..values(Slot::Friend)).map(|name| name / 20).collect();
        record.groups.extend(groups(&halves, "girls and boys", Slot::Friend, &sexes, 10));
        save(FILE, &record)?;
    }
    drop(halves);
    if record.untrained.is_empty() {
        let untrained = fresh(1);
        let halves =
            [&train, &test].map(|stories| Half { stories, vectors: Vectors::of(&untrained, stories) });
        record.untrained = TWICE.iter().map(|slot| places(&halves, *slot)).collect();
        save(FILE, &record)?;
    }
    Ok(())
}

/// The accuracy for each slot behind each beat.
fn behind([train, test]: &[Half<'_>; 2], depth: usize) -> Vec<Vec<f64>> {
    let columns = Workers::with(2).map((0..STORY.len()).collect(), |beat: usize| {
        let (examples, questions) = (train.vectors.behind(depth, beat), test.vectors.behind(depth, beat));
        let moments = Moments::of(&examples);
        DRAWN.map(|slot| {
            let probe = Probe::of(&moments, &examples, &train.labels(slot), values(slot));
            probe.accuracy(&questions, &test.labels(slot))
        })
    });
    (0..DRAWN.len()).map(|slot| columns.iter().map(|column| column[slot]).collect()).collect()
}

/// The accuracy for a slot at its three places, at each depth.
fn places([train, test]: &[Half<'_>; 2], slot: Slot) -> Places {
    let stories = [train, test].map(|half| half.twice(slot));
    let of = |half: &Half<'_>, stories: &[usize]| -> Vec<usize> {
        let labels = half.labels(slot);
        stories.iter().map(|&story| labels[story]).collect()
    };
    let (labels, truth) = (of(train, &stories[0]), of(test, &stories[1]));
    let at = |depth: usize| {
        [0, 1, 2].map(|place| {
            let examples = train.vectors.at(depth, slot, place, &stories[0]);
            let questions = test.vectors.at(depth, slot, place, &stories[1]);
            Probe::fit(&examples, &labels, values(slot)).accuracy(&questions, &truth)
        })
    };
    let slot = format!("{slot:?}").to_lowercase();
    Places { slot, test: truth.len(), accuracy: Workers::with(2).map((0..DEPTHS).collect(), at) }
}

/// Groups of the values of a slot, where it is told for the first time.
fn groups(
    [train, test]: &[Half<'_>; 2],
    what: &str,
    slot: Slot,
    group: &[usize],
    parts: usize,
) -> Vec<Groups> {
    let stories = [train, test].map(|half| half.twice(slot));
    let of = |half: &Half<'_>, stories: &[usize]| -> Vec<usize> {
        let labels = half.labels(slot);
        stories.iter().map(|&story| labels[story]).collect()
    };
    let (values, asked) = (of(train, &stories[0]), of(test, &stories[1]));
    let mut rng = draws(3);
    let lots: Vec<Vec<usize>> = (0..LOTS).map(|_| drawn_by_lot(group, &mut rng)).collect();
    let row = |depth: usize| {
        let examples = train.vectors.at(depth, slot, 0, &stories[0]);
        let others = test.vectors.at(depth, slot, 0, &stories[1]);
        let heard = |group: &[usize]| {
            let labels = |values: &[usize]| values.iter().map(|&value| group[value]).collect::<Vec<_>>();
            let groups = 1 + group.iter().max().expect("values");
            Probe::fit(&examples, &labels(&values), groups).accuracy(&others, &labels(&asked))
        };
        // Each list has folds of its own: of each of its groups equally many words are left out.
        let unheard = |group: &[usize]| {
            mostly_right(&unseen(&examples, &values, group, &folds(group, parts)), &values)
        };
        Groups {
            what: what.to_owned(),
            depth,
            words: group.len(),
            kinds: 1 + group.iter().max().expect("values"),
            seen: heard(group),
            lot_seen: lots.iter().map(|lot| heard(lot)).collect(),
            unseen: unheard(group),
            lot_unseen: lots.iter().map(|lot| unheard(lot)).collect(),
        }
    };
    Workers::with(2).map((0..DEPTHS).collect(), row)
}
