//! What is printed.

use super::measure::Run;
use super::{
    DOSES, HALF, MARKED, NO_DIRT, OTHER_RATES, PART, WARMED, WARMUP, all_clean, clean_part, dirty, draw,
    kinds, marked,
};
use crate::experiment::diet::Diet;
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::{FEW, READING_ON, Stream};
use crate::experiment::table::row;
use anyhow::{Context, Result};
use data_quality::dirt::Dirt;
use data_quality::price::bound;
use kernels::measured::median;
use language_models::story::{self, KINDS};

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nThe price of dirt ({ledger})");
    without_dirt(&ledger)?;
    for tenths in DOSES {
        dose(&ledger, tenths)?;
    }
    times_the_bound(&ledger)?;
    warmed(&ledger)?;
    draw::draw(&ledger)?;
    by_kind(&ledger)?;
    revealed()?;
    other_rates(&ledger)
}

/// What reading on costs when nothing is dirty.
fn without_dirt(ledger: &Ledger<Run>) -> Result<()> {
    println!(
        "the default run's model reads {} texts more; bits a test story above the floor, {} seeds",
        READING_ON.texts,
        FEW.len()
    );
    let untouched = ledger.runs_of(&clean_part(10), READING_ON.rate, None);
    let untouched: Vec<f64> = untouched.into_iter().map(Run::total).collect();
    println!("  {:<42}{}", "none: the model as it was", row(&untouched, 8, 2));
    println!("  {:<42}{}", "all of them clean", row(&ledger.cell(&all_clean())?.totals(), 8, 2));
    for tenths in DOSES {
        let fewer = clean_part(tenths);
        let totals = ledger.cell(&fewer)?.totals();
        println!("  {:<42}{}", format!("{} of them, all clean", fewer.clean), row(&totals, 8, 2));
    }
    Ok(())
}

/// What one dose of each kind costs, beside two models that have read no dirt.
fn dose(ledger: &Ledger<Run>, tenths: usize) -> Result<()> {
    let share = tenths as f64 / 10.0;
    println!("\n{tenths} of 10 dirty: the perfect learner pays at most {:.2} bits", bound(share));
    println!("  bits more than at as many texts, all clean, and than at as many clean texts, seed by seed");
    for dirt in kinds(tenths) {
        let [more, alike] =
            [all_clean(), clean_part(tenths)].map(|base| ledger.more(&dirty(dirt, tenths), &base));
        println!("  {:<18}{}   {}", dirt.name(), row(&more?, 8, 2), row(&alike?, 8, 2));
    }
    println!("  {:<18}{}", NO_DIRT, row(&ledger.more(&clean_part(tenths), &all_clean())?, 8, 2));
    Ok(())
}

/// How the price of the dearest dirt grows with the dose, beside the bound.
fn times_the_bound(ledger: &Ledger<Run>) -> Result<()> {
    println!("\nshuffled sentences, bits more than at as many clean texts (median), by the bound");
    for tenths in DOSES {
        let more = median(&ledger.more(&dirty(Dirt::Shuffled, tenths), &clean_part(tenths))?);
        println!("  {tenths} of 10: {:.1} times the bound", more / bound(tenths as f64 / 10.0));
    }
    Ok(())
}

/// What the clean parts cost with the warm-up of all texts, and what dirt costs beyond that.
fn warmed(ledger: &Ledger<Run>) -> Result<()> {
    println!(
        "\nthe clean texts alone, where the rate rises over {WARMUP} steps as with all texts: bits a test story"
    );
    println!(
        "more than where it rises over a tenth; and bits that dirt costs more than these, seed by seed"
    );
    for tenths in WARMED {
        let fewer = clean_part(tenths);
        let (tenth, same) = (ledger.cell(&fewer)?, ledger.warmed(&fewer, Some(WARMUP))?);
        println!(
            "  {:<42}{}",
            format!("{} of them, warmed up", fewer.clean),
            row(&same.beyond(&tenth), 8, 2)
        );
        for dirt in kinds(tenths) {
            let more = ledger.cell(&dirty(dirt, tenths))?.beyond(&same);
            println!(
                "  {:<42}{}",
                format!("{tenths} of 10 {}, beyond that", dirt.name()),
                row(&more, 8, 2)
            );
        }
    }
    Ok(())
}

/// The place of a kind of knowledge.
pub fn kind(name: &str) -> usize {
    KINDS.iter().position(|(_, kind)| *kind == name).expect("a kind of knowledge")
}

/// What half dirt costs, by what one must know.
fn by_kind(ledger: &Ledger<Run>) -> Result<()> {
    println!(
        "\nhalf dirty, by kind of knowledge: bits more than at as many clean texts alone, seed by seed"
    );
    let (all, fewer) = (ledger.cell(&all_clean())?, ledger.cell(&clean_part(HALF))?);
    let line = |name: &str, what: &str, bits: &[f64]| {
        println!("  {:<48}{}", format!("{name}: {what}"), row(bits, 8, 2));
    };
    for (kind, (_, what)) in KINDS.iter().enumerate() {
        line("twice as many clean", what, &all.beyond_in(kind, &fewer));
    }
    let shuffled = ledger.cell(&dirty(Dirt::Shuffled, HALF))?;
    let free = "free choice";
    line("shuffled, beyond as many texts", free, &shuffled.beyond_in(kind(free), &all));
    let unmarked = Dirt::ALL.map(|dirt| (dirt.name().to_owned(), dirty(dirt, HALF)));
    let marked = MARKED.map(|dirt| (format!("{}, marked", dirt.name()), marked(dirt)));
    for (name, diet) in unmarked.into_iter().chain(marked) {
        let cell = ledger.cell(&diet)?;
        for (kind, (_, what)) in KINDS.iter().enumerate() {
            line(&name, what, &cell.beyond_in(kind, &fewer));
        }
        if diet.marked() {
            line(&name, "all", &cell.beyond(&fewer));
        }
    }
    Ok(())
}

/// Prints where the grammar is sure that a text is none of its stories.
fn revealed() -> Result<()> {
    let stories = Stream::Spoilt(FEW[0]).stories(200);
    let mut rng = Stream::Dirt(FEW[0]).generator();
    println!("\nwhere {} texts give themselves away: characters that a story may have, too", stories.len());
    for dirt in [Dirt::Shuffled, Dirt::WrongHome, Dirt::Boilerplate] {
        let mut places = Vec::new();
        for story in &stories {
            if let Err(refused) = story::read(&dirt.spoil(story, &mut rng)?) {
                places.push(refused.at as f64);
            }
        }
        println!("  {:<20}{:>6.0} at the median", dirt.name(), median(&places));
    }
    Ok(())
}

/// The same at other rates, of which there is one seed.
fn other_rates(ledger: &Ledger<Run>) -> Result<()> {
    println!("\nhalf dirty, at other rates: bits more than at as many texts, all clean, one seed");
    for rate in [OTHER_RATES[0], READING_ON.rate, OTHER_RATES[1]] {
        let of = |diet: Diet| {
            let run = ledger.runs_of(&diet, rate, None).first().map(|run| run.total());
            run.with_context(|| format!("nothing was measured at the rate {rate}: `measure {PART}`"))
        };
        let all = of(all_clean())?;
        print!("  rate {rate}: clean {all:.2}");
        for dirt in MARKED {
            print!(", {} {:+.2}", dirt.name(), of(dirty(dirt, HALF))? - all);
        }
        println!();
    }
    Ok(())
}
