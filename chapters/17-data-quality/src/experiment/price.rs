//! What dirt costs: five kinds, by dose, by what is no longer known.

use super::diet::{CLEAN, Diet};
use super::ledger::Ledger;
use super::setup::{Lab, READING_ON, SEEDS, above};
use super::table::row;
use crate::CHAPTER;
use anyhow::{Result, ensure};
use data_quality::dirt::Dirt;
use data_quality::judge::KINDS;
use data_quality::price::bound;
use figures::{Bars, Chart, save};
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use kernels::measured::median;
use serde::{Deserialize, Serialize};
use std::path::Path;

const PART: &str = "price";
/// The two doses: of ten texts that are read, so many are dirt.
const HALF: usize = 5;
const FIFTH: usize = 2;

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
    /// Bits a validation story above the floor: for choosing a rate.
    pub validation: f64,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
}

impl Run {
    /// Bits a test story above the floor.
    pub fn total(&self) -> f64 {
        self.above.iter().sum()
    }
}

/// Trains the default run's model, which lies in `folder`, further: first what decides, at half dirt and with all
/// seeds; then what is marked; then some of the kinds at half and at twice the rate, with one seed; then a smaller
/// dose.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let lab = Lab::trained(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let clean = |tenths| Diet::clean(READING_ON.texts, tenths);
    let dirty = |dirt, tenths, marked| Diet::dirty(READING_ON.texts, dirt, tenths, marked);
    let half = Dirt::ALL.map(|dirt| dirty(dirt, HALF, false));
    let decisive: Vec<Diet> = [clean(10), clean(10 - HALF)].into_iter().chain(half).collect();
    let grid = [clean(10), half[0], half[1]];
    let marked = [Dirt::Shuffled, Dirt::WrongHome].map(|dirt| dirty(dirt, HALF, true));
    let fifth: Vec<Diet> =
        std::iter::once(clean(10 - FIFTH)).chain(Dirt::ALL.map(|dirt| dirty(dirt, FIFTH, false))).collect();
    let mut runs = Vec::new();
    let mut add = |diets: &[Diet], seeds: &[u64], rate: f64| {
        runs.extend(seeds.iter().flat_map(|&seed| diets.iter().map(move |&diet| (diet, seed, rate))));
    };
    add(&decisive, &SEEDS, READING_ON.rate);
    add(&marked, &SEEDS, READING_ON.rate);
    for rate in [READING_ON.rate / 2.0, READING_ON.rate * 2.0] {
        add(&grid, &SEEDS[..1], rate);
    }
    add(&fifth, &SEEDS, READING_ON.rate);
    let is = |run: &Run, (diet, seed, rate): &(Diet, u64, f64)| {
        let of = (run.marked, run.clean, run.dirty, run.seed);
        run.dirt == diet.name() && of == (diet.marked, diet.clean, diet.dirty, *seed) && run.rate == *rate
    };
    ledger.fill(PART, &runs, is, |(diet, seed, rate)| run(&lab, diet, seed, rate))
}

fn run(lab: &Lab<Gpt<LaptopBpe>>, diet: Diet, seed: u64, rate: f64) -> Result<Run> {
    let texts = diet.texts(seed)?;
    let (model, tokens) = lab.read(&texts.iter().collect::<Vec<_>>(), seed, rate);
    let validation: f64 = above(&lab.judge(&model, &lab.validation)?).iter().sum();
    let above = above(&lab.judge(&model, &lab.test)?);
    let Diet { marked, clean, dirty, .. } = diet;
    let run =
        Run { dirt: diet.name().to_owned(), marked, clean, dirty, tokens, seed, rate, validation, above };
    eprintln!("{}, {clean} clean, {dirty} dirty: {validation:.2}, {above:.2?}", run.dirt);
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

    /// The median over the seeds of what this pays more than `base` for each kind.
    fn beyond_by_kind(&self, base: &Self) -> [f64; KINDS.len()] {
        std::array::from_fn(|kind| {
            let pairs = self.0.iter().zip(&base.0);
            median(&pairs.map(|(this, base)| this.above[kind] - base.above[kind]).collect::<Vec<_>>())
        })
    }
}

impl Ledger<Run> {
    /// The runs of a diet at the usual rate, by seed.
    fn cell(&self, diet: &Diet) -> Result<Cell<'_>> {
        let is = |run: &&Run| {
            let of = (run.marked, run.clean, run.dirty);
            run.dirt == diet.name() && of == (diet.marked, diet.clean, diet.dirty)
        };
        let mut runs: Vec<&Run> =
            self.runs.iter().filter(is).filter(|run| run.rate == READING_ON.rate).collect();
        runs.sort_by_key(|run| run.seed);
        ensure!(runs.len() == SEEDS.len(), "{} of {} was not measured with every seed", diet.name(), PART);
        Ok(Cell(runs))
    }
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
    let mut bars = Bars::new("Half dirt: bits a story more than without");
    let mut doses = Chart::new("The price of dirt", "share of dirt", "bits a story more than without");
    for tenths in [HALF, FIFTH] {
        let dirty_share = tenths as f64 / 10.0;
        println!("\n{tenths} of 10 dirty: the perfect learner pays at most {:.2} bits", bound(dirty_share));
        println!(
            "  bits more than at as many texts, all clean, and than at as many clean texts, seed by seed"
        );
        for dirt in Dirt::ALL {
            let cell = ledger.cell(&Diet::dirty(READING_ON.texts, dirt, tenths, false))?;
            let fewer = clean(10 - tenths)?;
            let (more, alike) = (cell.beyond(&all), cell.beyond(&fewer));
            println!("  {:<18}{}   {}", dirt.name(), row(&more, 8, 2), row(&alike, 8, 2));
            if tenths == HALF {
                bars = bars.bar(dirt.name(), median(&more), &format!("{:.2}", median(&more)), 0);
            }
        }
    }
    for dirt in Dirt::ALL {
        let dose = |tenths| -> Result<(f64, f64)> {
            let cell = ledger.cell(&Diet::dirty(READING_ON.texts, dirt, tenths, false))?;
            Ok((tenths as f64 / 10.0, median(&cell.beyond(&all))))
        };
        doses = doses.line(dirt.name(), [(0.0, 0.0), dose(FIFTH)?, dose(HALF)?]);
    }
    let line = (0..=10).map(|i| (f64::from(i) / 20.0, bound(f64::from(i) / 20.0)));
    save(CHAPTER, "price", &doses.dashes("the perfect learner at most", line).draw()?)?;
    bars = bars.bar("the perfect learner, at most", bound(0.5), "1.00", 2);
    save(CHAPTER, "half", &bars.draw()?)?;
    println!("\nhalf dirty: the same by kind of knowledge, medians");
    println!("  {:<18}{}", "", KINDS.map(|(_, name)| format!("{name:>20}")).concat());
    for dirt in Dirt::ALL {
        let cell = ledger.cell(&Diet::dirty(READING_ON.texts, dirt, HALF, false))?;
        let kinds = row(&cell.beyond_by_kind(&all), 20, 2);
        println!("  {:<18}{kinds}", dirt.name());
    }
    println!("\nhalf dirty, each dirty text marked at its beginning: bits more than without dirt");
    for dirt in [Dirt::Shuffled, Dirt::WrongHome] {
        let cell = ledger.cell(&Diet::dirty(READING_ON.texts, dirt, HALF, true))?;
        let kinds = row(&cell.beyond_by_kind(&all), 8, 2);
        println!(
            "  {:<18}{}   by kind{kinds}",
            format!("{}, marked", dirt.name()),
            row(&cell.beyond(&all), 8, 2)
        );
    }
    println!("\nrates, one seed: bits a validation story above the floor");
    for name in [CLEAN, Dirt::Shuffled.name(), Dirt::WrongHome.name()] {
        let is = |run: &&Run| {
            run.dirt == name && run.seed == SEEDS[0] && !run.marked && [0, run.clean].contains(&run.dirty)
        };
        let mut runs: Vec<&Run> = ledger.runs.iter().filter(is).collect();
        runs.retain(|run| run.clean + run.dirty == READING_ON.texts);
        runs.sort_by(|a, b| a.rate.total_cmp(&b.rate));
        let rates: Vec<String> =
            runs.iter().map(|run| format!("{:.4}: {:.2}", run.rate, run.validation)).collect();
        println!("  {name:<18}{}", rates.join("   "));
    }
    Ok(())
}
