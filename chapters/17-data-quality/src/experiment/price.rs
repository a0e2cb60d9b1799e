//! What dirt costs: five kinds, by dose, by what is no longer known.

use super::diet::Diet;
use super::ledger::Ledger;
use super::setup::{Lab, READING_ON, SEEDS, Stream, above};
use super::table::row;
use crate::experiment::CHAPTER;
use anyhow::{Result, ensure};
use data_quality::dirt::Dirt;
use data_quality::price::bound;
use figures::{Chart, save};
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use kernels::measured::median;
use language_models::story::{self, KINDS};
use serde::{Deserialize, Serialize};
use std::path::Path;

const PART: &str = "price";
/// The two doses: of ten texts that are read, so many are dirt.
const HALF: usize = 5;
const FIFTH: usize = 2;
/// Dirt that is also read with a mark, and at other rates.
const MARKED: [Dirt; 2] = [Dirt::Shuffled, Dirt::WrongHome];
/// Rates beside the usual one, of which one seed must do.
const OTHER_RATES: [f64; 2] = [READING_ON.rate / 2.0, READING_ON.rate * 2.0];

/// One model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// What the dirt was.
    pub dirt: String,
    /// Whether each dirty text said so at its beginning.
    pub marked: bool,
    /// Clean and dirty texts that were read, and tokens in all of them.
    pub clean: usize,
    pub dirty: usize,
    pub tokens: usize,
    pub seed: u64,
    pub rate: f64,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
}

impl Run {
    /// Bits a test story above the floor.
    pub fn total(&self) -> f64 {
        self.above.iter().sum()
    }
}

/// Trains the default run's model, which lies in `folder`, further: first what decides, at half dirt and
/// with all seeds; then what is marked; then a smaller dose; then some of the first at other rates.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let lab = Lab::trained(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let clean = |tenths| Diet::clean(READING_ON.texts, tenths);
    let dirty = |dirt, tenths, marked| Diet::dirty(READING_ON.texts, dirt, tenths, marked);
    let half = Dirt::ALL.map(|dirt| dirty(dirt, HALF, false));
    let decisive: Vec<Diet> = [clean(10), clean(10 - HALF)].into_iter().chain(half).collect();
    let marked = MARKED.map(|dirt| dirty(dirt, HALF, true));
    let fifth: Vec<Diet> =
        std::iter::once(clean(10 - FIFTH)).chain(Dirt::ALL.map(|dirt| dirty(dirt, FIFTH, false))).collect();
    let mut runs = Vec::new();
    let mut add = |diets: &[Diet], seeds: &[u64], rate: f64| {
        runs.extend(seeds.iter().flat_map(|&seed| diets.iter().map(move |&diet| (diet, seed, rate))));
    };
    add(&[clean(0)], &SEEDS[..1], READING_ON.rate);
    add(&decisive, &SEEDS, READING_ON.rate);
    add(&marked, &SEEDS, READING_ON.rate);
    add(&fifth, &SEEDS, READING_ON.rate);
    for rate in OTHER_RATES {
        add(&[clean(10), half[0], half[1]], &SEEDS[..1], rate);
    }
    let is = |run: &Run, (diet, seed, rate): &(Diet, u64, f64)| {
        let of = (run.marked, run.clean, run.dirty, run.seed);
        run.dirt == diet.name() && of == (diet.marked, diet.clean, diet.dirty, *seed) && run.rate == *rate
    };
    ledger.fill(PART, &runs, is, |(diet, seed, rate)| run(&lab, diet, seed, rate))
}

fn run(lab: &Lab<Gpt<LaptopBpe>>, diet: Diet, seed: u64, rate: f64) -> Result<Run> {
    let texts = diet.texts(seed)?;
    let (above, tokens) = if let Some(untouched) = lab.beginning().filter(|_| texts.is_empty()) {
        (above(&lab.judge(untouched, &lab.test)?), 0)
    } else {
        let (model, tokens) = lab.read(&texts.iter().collect::<Vec<_>>(), seed, rate);
        (above(&lab.judge(&model, &lab.test)?), tokens)
    };
    let Diet { marked, clean, dirty, .. } = diet;
    let run = Run { dirt: diet.name().to_owned(), marked, clean, dirty, tokens, seed, rate, above };
    eprintln!("{}, {clean} clean, {dirty} dirty: {above:.2?}", run.dirt);
    Ok(run)
}

/// What was measured of one diet at one rate, seed by seed.
struct Cell<'a>(Vec<&'a Run>);

impl Cell<'_> {
    fn totals(&self) -> Vec<f64> {
        self.0.iter().map(|run| run.total()).collect()
    }

    /// What each seed pays more than `base`.
    fn beyond(&self, base: &Self) -> Vec<f64> {
        self.totals().iter().zip(base.totals()).map(|(this, base)| this - base).collect()
    }

    /// The same of one kind of knowledge.
    fn beyond_in(&self, kind: usize, base: &Self) -> Vec<f64> {
        self.0.iter().zip(&base.0).map(|(this, base)| this.above[kind] - base.above[kind]).collect()
    }
}

impl Ledger<Run> {
    /// The runs of a diet at a rate, by seed.
    fn runs_of(&self, diet: &Diet, rate: f64) -> Vec<&Run> {
        let is = |run: &&Run| {
            let of = (run.marked, run.clean, run.dirty, run.rate);
            run.dirt == diet.name() && of == (diet.marked, diet.clean, diet.dirty, rate)
        };
        let mut runs: Vec<&Run> = self.runs.iter().filter(is).collect();
        runs.sort_by_key(|run| run.seed);
        runs
    }

    /// The same at the usual rate, with every seed.
    fn cell(&self, diet: &Diet) -> Result<Cell<'_>> {
        let runs = self.runs_of(diet, READING_ON.rate);
        ensure!(runs.len() == SEEDS.len(), "{} of {PART} was not measured with every seed", diet.name());
        Ok(Cell(runs))
    }
}

/// What the line of those who read the clean texts alone is called.
const NO_DIRT: &str = "no dirt, clean part";

/// The kinds of dirt of which so many tenths say something: see [`super::diet`] for near copies.
fn measured(tenths: usize) -> impl Iterator<Item = Dirt> {
    Dirt::ALL.into_iter().filter(move |dirt| tenths == HALF || *dirt != Dirt::NearCopy)
}

/// Prints where the grammar is sure that a text is none of its stories.
fn revealed() -> Result<()> {
    let stories = Stream::Spoilt(SEEDS[0]).stories(200);
    let mut rng = Stream::Dirt(SEEDS[0]).generator();
    println!("\nwhere {} texts give themselves away: characters that a story may have, too", stories.len());
    for dirt in [Dirt::Shuffled, Dirt::WrongHome, Dirt::Boilerplate] {
        let mut places = Vec::new();
        for story in &stories {
            if let Err(refused) = story::read(&dirt.spoil(story, &mut rng)?) {
                places.push(refused.at as f64);
            }
        }
        println!("  {:<20}{:>6.0} in the middle", dirt.name(), median(&places));
    }
    Ok(())
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nThe price of dirt ({}, {})", ledger.processor, ledger.date);
    println!(
        "the default run's model reads {} texts more; bits a test story above the floor, three seeds",
        READING_ON.texts
    );
    let clean = |tenths| ledger.cell(&Diet::clean(READING_ON.texts, tenths));
    let untouched = ledger.runs_of(&Diet::clean(READING_ON.texts, 0), READING_ON.rate);
    let untouched: Vec<f64> = untouched.into_iter().map(Run::total).collect();
    println!("  {:<42}{}", "none: the model as it was", row(&untouched, 8, 2));
    let all = clean(10)?;
    println!("  {:<42}{}", "all of them clean", row(&all.totals(), 8, 2));
    for tenths in [HALF, FIFTH] {
        let fewer = clean(10 - tenths)?;
        println!(
            "  {:<42}{}",
            format!("{} of them, all clean", fewer.0[0].clean),
            row(&fewer.totals(), 8, 2)
        );
    }
    for tenths in [HALF, FIFTH] {
        let dirty_share = tenths as f64 / 10.0;
        println!("\n{tenths} of 10 dirty: the perfect learner pays at most {:.2} bits", bound(dirty_share));
        println!(
            "  bits more than at as many texts, all clean, and than at as many clean texts, seed by seed"
        );
        let fewer = clean(10 - tenths)?;
        for dirt in measured(tenths) {
            let cell = ledger.cell(&Diet::dirty(READING_ON.texts, dirt, tenths, false))?;
            let (more, alike) = (cell.beyond(&all), cell.beyond(&fewer));
            println!("  {:<18}{}   {}", dirt.name(), row(&more, 8, 2), row(&alike, 8, 2));
        }
        println!("  {:<18}{}", NO_DIRT, row(&fewer.beyond(&all), 8, 2));
    }
    let mut doses = Chart::new("The price of dirt", "share of dirt", "bits a story more than without");
    for dirt in Dirt::ALL {
        let mut line = vec![(0.0, 0.0)];
        for tenths in [FIFTH, HALF].into_iter().filter(|tenths| measured(*tenths).any(|any| any == dirt)) {
            let cell = ledger.cell(&Diet::dirty(READING_ON.texts, dirt, tenths, false))?;
            line.push((tenths as f64 / 10.0, median(&cell.beyond(&all))));
        }
        doses = doses.line(dirt.name(), line);
    }
    let mut line = vec![(0.0, 0.0)];
    for tenths in [FIFTH, HALF] {
        line.push((tenths as f64 / 10.0, median(&clean(10 - tenths)?.beyond(&all))));
    }
    doses = doses.line(NO_DIRT, line);
    let most = (0..=10).map(|i| (f64::from(i) / 20.0, bound(f64::from(i) / 20.0)));
    save(CHAPTER, "price", &doses.dashes("the perfect learner, at most", most).draw()?)?;
    println!(
        "\nhalf dirty, by kind of knowledge: bits more than at as many clean texts alone, seed by seed"
    );
    let fewer = clean(10 - HALF)?;
    for (dirt, marked) in
        Dirt::ALL.map(|dirt| (dirt, false)).into_iter().chain(MARKED.map(|dirt| (dirt, true)))
    {
        let diet = Diet::dirty(READING_ON.texts, dirt, HALF, marked);
        let cell = ledger.cell(&diet)?;
        let name = format!("{}{}", dirt.name(), if marked { ", marked" } else { "" });
        for (kind, (_, what)) in KINDS.iter().enumerate() {
            println!("  {:<48}{}", format!("{name}: {what}"), row(&cell.beyond_in(kind, &fewer), 8, 2));
        }
        if marked {
            println!("  {:<48}{}", format!("{name}: all"), row(&cell.beyond(&fewer), 8, 2));
        }
    }
    revealed()?;
    println!("\nhalf dirty, at other rates: bits more than at as many texts, all clean, one seed");
    for rate in [OTHER_RATES[0], READING_ON.rate, OTHER_RATES[1]] {
        let of = |diet| ledger.runs_of(&diet, rate).first().map_or(f64::NAN, |run| run.total());
        let clean = of(Diet::clean(READING_ON.texts, 10));
        let more = MARKED.map(|dirt| of(Diet::dirty(READING_ON.texts, dirt, HALF, false)) - clean);
        let [shuffled, wrong] = MARKED.map(Dirt::name);
        println!("  rate {rate}: clean {clean:.2}, {shuffled} {:+.2}, {wrong} {:+.2}", more[0], more[1]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beyond(dirt: Dirt, tenths: usize, marked: bool, fewer: bool, kind: Option<usize>) -> Vec<f64> {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let clean = Diet::clean(READING_ON.texts, if fewer { 10 - tenths } else { 10 });
        let base = ledger.cell(&clean).unwrap();
        let diet = Diet::dirty(READING_ON.texts, dirt, tenths, marked);
        let cell = ledger.cell(&diet).unwrap();
        kind.map_or_else(|| cell.beyond(&base), |kind| cell.beyond_in(kind, &base))
    }

    #[test]
    fn half_dirt_of_every_kind_costs_more_than_the_perfect_learner_pays() {
        for dirt in Dirt::ALL {
            let more = beyond(dirt, HALF, false, false, None);
            assert!(more.iter().all(|more| *more > bound(0.5)), "{dirt:?}: {more:?}");
        }
    }

    #[test]
    fn but_for_shuffled_sentences_that_is_the_clean_text_that_is_missing() {
        for dirt in Dirt::ALL {
            let more = beyond(dirt, HALF, false, true, None);
            let signs = (more.iter().any(|more| *more > 0.0), more.iter().any(|more| *more < 0.0));
            assert_eq!(signs, (true, dirt != Dirt::Shuffled), "{dirt:?}: {more:?}");
        }
    }

    #[test]
    fn each_dirt_kills_the_knowledge_that_it_contradicts() {
        let of = |dirt, kind: &str| {
            let kind = KINDS.iter().position(|(_, name)| *name == kind).unwrap();
            beyond(dirt, HALF, false, true, Some(kind))
        };
        let all_above = |more: &[f64], bits: f64| more.iter().all(|more| *more > bits);
        assert!(all_above(&of(Dirt::WrongHome, "things told before"), 1.5));
        let wording = of(Dirt::WrongHome, "wording");
        assert!(wording.iter().all(|more| more.abs() < 0.5), "{wording:?}");
        assert!(all_above(&of(Dirt::Shuffled, "wording"), 5.0));
        assert!(all_above(&of(Dirt::Shuffled, "things told before"), 3.0));
        for kind in ["wording", "things told before"] {
            assert!(all_above(&of(Dirt::Boilerplate, kind), 1.5), "{kind}");
        }
        assert!(all_above(&of(Dirt::OtherGrammar, "wording"), 1.0));
        for kind in ["wording", "things told before", "names told before"] {
            let more = of(Dirt::NearCopy, kind);
            assert!(more.iter().all(|more| more.abs() < 0.5), "near copies, {kind}: {more:?}");
        }
    }

    #[test]
    fn all_dirt_but_near_copies_teaches_free_choice() {
        let kind = KINDS.iter().position(|(_, name)| *name == "free choice").unwrap();
        for dirt in Dirt::ALL {
            let more = beyond(dirt, HALF, false, true, Some(kind));
            assert_eq!(more.iter().all(|more| *more < 0.0), dirt != Dirt::NearCopy, "{dirt:?}: {more:?}");
        }
    }

    #[test]
    fn marked_wrong_homes_cost_less_with_every_seed() {
        let [marked, unmarked] =
            [true, false].map(|marked| beyond(Dirt::WrongHome, HALF, marked, false, None));
        assert!(marked.iter().zip(&unmarked).all(|(marked, unmarked)| marked < unmarked));
    }
}
