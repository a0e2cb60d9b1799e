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

/// The number of repetitions that is compared with the others, and of which is told what is harmed.
const COMPARED: usize = REPEATED[3];
/// How far apart the points of two sizes are drawn.
const ASIDE: f64 = 1.15;

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
    println!(
        "what {COMPARED} readings cost more than others, of as few stories as fill the tenth, seed by seed"
    );
    for shape in SIZES {
        for times in REPEATED.into_iter().filter(|times| *times != COMPARED) {
            let [compared, other] =
                [COMPARED, times].map(|times| harm(ledger, shape.model, Diet::tenth(times), None));
            let more: Vec<f64> =
                compared?.into_iter().zip(other?).map(|(one, other)| one - other).collect();
            let name = format!("width {}, {COMPARED} instead of {times}", shape.model);
            println!("  {name:<44}{}", row(&more, 8, 2));
        }
    }
    println!("by kind of knowledge, where each is read {COMPARED} times, seed by seed");
    for shape in SIZES {
        for (kind, (_, name)) in KINDS.iter().enumerate() {
            let more = harm(ledger, shape.model, Diet::tenth(COMPARED), Some(kind))?;
            println!("  {:<44}{}", format!("width {}, {name}", shape.model), row(&more, 8, 2));
        }
    }
    let chart = chart.dashes("different stories", [(REPEATED[0] as f64, 0.0), (REPEATED[4] as f64, 0.0)]);
    Ok(save(CHAPTER, "tenth", &chart.log_x().draw()?)?)
}

#[cfg(test)]
mod tests {
    use super::super::super::setup::FEW;
    use super::super::plan::PART;
    use super::*;

    /// By how often each story of the tenth is read, what that costs more than different stories, seed by
    /// seed.
    fn harms(size: usize) -> Vec<(usize, Vec<f64>)> {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let harm = |times| harm(&ledger, SIZES[size].model, Diet::tenth(times), None).unwrap();
        REPEATED.map(|times| (times, harm(times))).to_vec()
    }

    /// Whether so many readings cost more than all `others`, with every seed.
    fn cost_more(harms: &[(usize, Vec<f64>)], times: usize, others: &[usize]) -> bool {
        let of = |times| &harms.iter().find(|(other, _)| *other == times).unwrap().1;
        others.iter().all(|&other| of(times).iter().zip(of(other)).all(|(more, less)| more > less))
    }

    #[test]
    fn in_the_middle_size_four_stories_cost_most_with_every_seed() {
        let harms = harms(1);
        assert!(cost_more(&harms, 96, &[2, 6, 24, 384]), "{harms:?}");
        assert!(harms[3].1.iter().all(|more| *more > 0.0), "and more than different ones: {harms:?}");
    }

    #[test]
    fn narrow_models_pay_most_for_sixteen_or_four_stories() {
        let harms = harms(0);
        assert!(cost_more(&harms, 24, &[2, 6, 384]) && cost_more(&harms, 96, &[2, 6, 384]), "{harms:?}");
        assert!(!cost_more(&harms, 24, &[96]) && !cost_more(&harms, 96, &[24]), "{harms:?}");
    }

    /// With how many seeds so many readings cost more than nothing in the place of the tenth.
    fn dearer_than_nothing(size: usize) -> [usize; REPEATED.len()] {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let of = |diet| harm(&ledger, SIZES[size].model, diet, None).unwrap();
        let missing = of(Diet::MISSING);
        REPEATED.map(|times| {
            of(Diet::tenth(times)).iter().zip(&missing).filter(|(more, missing)| more > missing).count()
        })
    }

    #[test]
    fn in_the_middle_size_four_stories_are_worth_as_much_as_nothing() {
        let [two, six, _, four_stories, one_story] = dearer_than_nothing(1);
        assert_eq!([two, six, one_story], [0; 3], "better than nothing with every seed");
        assert_eq!(four_stories, 2, "no telling");
    }

    #[test]
    fn only_in_narrow_models_is_repetition_worse_than_nothing() {
        let [narrow, middle, wide] = [0, 1, 2].map(dearer_than_nothing);
        assert_eq!(narrow[2..4], [FEW.len(); 2]);
        let always = |size: [usize; REPEATED.len()]| size.contains(&FEW.len());
        assert!(!always(middle) && !always(wide), "{middle:?}, {wide:?}");
    }

    #[test]
    fn in_the_widest_seeds_do_not_agree() {
        for (times, harm) in harms(2) {
            let costs = harm.iter().filter(|more| **more > 0.0).count();
            assert!((1..FEW.len()).contains(&costs), "{times}: {harm:?}");
        }
    }
}
