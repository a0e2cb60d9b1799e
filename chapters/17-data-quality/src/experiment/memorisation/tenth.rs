//! Nine tenths of what is read are different stories, and the last tenth is few stories, repeated.

use super::super::ledger::Ledger;
use super::super::table::row;
use super::plan::{REPEATED, cell};
use super::record::{Diet, Run};
use super::sizes::SIZES;
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use language_models::story::KINDS;

/// Of which number of repetitions is told what is harmed.
const MIDDLE_TIMES: usize = REPEATED[2];
/// How far apart the points of two sizes are drawn.
const ASIDE: f64 = 1.15;

/// A tenth that is a single story, as little new text as there can be in all the steps.
const ONE: Diet = Diet::tenth(REPEATED[4]);
/// A tenth that is compared with it.
const MORE_THAN_ONE: Diet = Diet::tenth(REPEATED[3]);

/// What is read by models of all sizes beside different stories.
pub fn diets() -> Vec<(usize, Diet)> {
    let diets = || [Diet::MISSING].into_iter().chain(REPEATED.map(Diet::tenth));
    SIZES.iter().flat_map(|shape| diets().map(|diet| (shape.model, diet))).collect()
}

/// Bits a test story more than after as many different stories, seed by seed: of one kind of knowledge, or
/// of all.
fn harm(ledger: &Ledger<Run>, width: usize, diet: Diet, kind: Option<usize>) -> Result<Vec<f64>> {
    let bits = |run: &Run| kind.map_or_else(|| run.total(), |kind| run.above[kind]);
    let [runs, none] = [diet, Diet::DIFFERENT].map(|diet| cell(ledger, width, diet));
    Ok(runs?.into_iter().zip(none?).map(|(run, none)| bits(run) - bits(none)).collect())
}

pub fn report(ledger: &Ledger<Run>) -> Result<()> {
    println!(
        "\na tenth of what is read is few stories, repeated: bits a test story more than after as many"
    );
    println!("different stories, seed by seed; bits a repeated story by heart");
    let mut chart = Chart::new("A tenth, repeated", "how often each is read", "bits a test story more");
    for (place, shape) in SIZES.into_iter().enumerate() {
        let width = shape.model;
        let mut points = Vec::new();
        for diet in [Diet::MISSING].into_iter().chain(REPEATED.map(Diet::tenth)) {
            let all = harm(ledger, width, diet, None)?;
            let heart: Vec<f64> = cell(ledger, width, diet)?.into_iter().map(|run| run.by_heart).collect();
            let name = format!("width {width}, {}", diet.name());
            println!("  {name:<44}{}   {}", row(&all, 8, 2), row(&heart, 8, 2));
            if diet.times > 0 {
                // Sizes beside each other: the axis is logarithmic.
                let at = diet.times as f64 * ASIDE.powi(place as i32 - 1);
                points.extend(all.into_iter().map(|more| (at, more)));
            }
        }
        chart = chart.scatter(&format!("{} parameters", shape.total()), points);
    }
    println!("what {} stories cost more than one, seed by seed", MORE_THAN_ONE.again);
    for shape in SIZES {
        let [four, one] = [MORE_THAN_ONE, ONE].map(|diet| harm(ledger, shape.model, diet, None));
        let more: Vec<f64> = four?.into_iter().zip(one?).map(|(four, one)| four - one).collect();
        println!("  {:<44}{}", format!("width {}, four instead of one", shape.model), row(&more, 8, 2));
    }
    println!("by kind of knowledge, where each is read {MIDDLE_TIMES} times, seed by seed");
    for shape in SIZES {
        for (kind, (_, name)) in KINDS.iter().enumerate() {
            let more = harm(ledger, shape.model, Diet::tenth(MIDDLE_TIMES), Some(kind))?;
            println!("  {:<44}{}", format!("width {}, {name}", shape.model), row(&more, 8, 2));
        }
    }
    let chart = chart.dashes("different stories", [(REPEATED[0] as f64, 0.0), (REPEATED[4] as f64, 0.0)]);
    Ok(save(CHAPTER, "tenth", &chart.log_x().draw()?)?)
}

#[cfg(test)]
mod tests {
    use super::super::plan::PART;
    use super::*;
    use kernels::measured::median;

    #[test]
    fn repetition_costs_more_than_the_missing_tenth_in_three_of_fifteen_middle_models_and_in_no_wide_one() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        // Seed by seed. The narrow models differ by seeds more than by what they read.
        let dearer = SIZES[1..].iter().map(|shape| {
            let harm = |diet| harm(&ledger, shape.model, diet, None).unwrap();
            let missing = harm(Diet::MISSING);
            let runs = REPEATED
                .map(|times| harm(Diet::tenth(times)).into_iter().zip(&missing).collect::<Vec<_>>());
            let runs = runs.concat();
            (runs.iter().filter(|(more, missing)| more > *missing).count(), runs.len())
        });
        assert_eq!(dearer.collect::<Vec<_>>(), [(3, 15), (0, 15)]);
    }

    #[test]
    fn one_story_costs_least_in_the_middle_size_with_every_seed_and_in_the_widest_by_the_median_only() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let [middle, wide] = [1, 2].map(|size| {
            let others = REPEATED[..4].iter().map(|&times| Diet::tenth(times));
            let harm = |diet| harm(&ledger, SIZES[size].model, diet, None).unwrap();
            others.map(|diet| (harm(ONE), harm(diet))).collect::<Vec<_>>()
        });
        let always = |runs: &[(Vec<f64>, Vec<f64>)]| {
            runs.iter().all(|(one, other)| one.iter().zip(other).all(|(one, other)| one < other))
        };
        assert!(always(&middle), "{middle:?}");
        assert!(!always(&wide) && wide.iter().all(|(one, other)| median(one) < median(other)), "{wide:?}");
    }

    #[test]
    fn one_story_harms_less_than_four() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        for width in SIZES[1..].iter().map(|shape| shape.model) {
            let [four, one] = [MORE_THAN_ONE, ONE].map(|diet| harm(&ledger, width, diet, None).unwrap());
            assert!(four.iter().zip(&one).all(|(four, one)| four > one), "{width}: {four:?}, {one:?}");
        }
    }
}
