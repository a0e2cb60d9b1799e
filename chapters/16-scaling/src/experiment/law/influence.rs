//! What hangs on a single size: the fits without each of the five.

use super::cells::{COUNT, Cell, LIMITS, cells, points};
use super::measure::LATER;
use super::record::{Run, Study, best_of, trials};
use gpt::Shape;
use gpt::sizes::LaptopBpe;
use scaling::law::bootstrap::middle;
use scaling::law::fit::{Fit, Point, fit};
use scaling::law::names::paid;
use scaling::law::sizes::LADDER;
use scaling::law::surface::{Law, Price};

/// Bits a character for the names that were told before.
fn paid_for_names(run: &Run) -> f64 {
    paid(&run.found.marks).bits / run.found.marks.characters as f64
}

/// What is fitted without a width, to runs of so many steps or more: the loss, and the loss of all tokens but
/// the names.
fn without(runs: &[Run], steps: usize, width: Option<usize>) -> [Vec<Point>; 2] {
    let kept: Vec<Cell> =
        cells(runs, steps).into_iter().filter(|cell| Some(cell[0].width) != width).collect();
    let points = points(&kept, COUNT).concat();
    let paid = kept.concat().into_iter().map(paid_for_names);
    let nameless = points.iter().zip(paid).map(|(point, paid)| Point { loss: point.loss - paid, ..*point });
    let nameless = nameless.collect();
    [points, nameless]
}

/// The fits to what is left: E free, E known, and E free to what all tokens but the names cost.
struct Fits {
    free: Fit,
    known: Fit,
    nameless: Law,
}

impl Fits {
    fn without(runs: &[Run], steps: usize, width: Option<usize>, floor: f64) -> Self {
        let [all, nameless] = without(runs, steps, width);
        Self { free: fit(&all, None), known: fit(&all, Some(floor)), nameless: fit(&nameless, None).law }
    }
}

/// Prints, for each size that is left out, what the fits say at every limit.
pub fn report(study: &Study, floor: f64) {
    let left_out = [None].into_iter().chain(LADDER.map(|shape| Some(shape.model)));
    let fits: Vec<(String, Vec<Fits>)> = left_out
        .map(|width| {
            let name = width.map_or_else(|| "nothing".to_owned(), |width| format!("width {width}"));
            (name, LIMITS.map(|steps| Fits::without(&study.runs, steps, width, floor)).into())
        })
        .collect();
    let n = COUNT.of(&Shape::of::<LaptopBpe>());
    let d = study.default_run.found.last().map_or(f64::NAN, |found| found.tokens as f64);
    println!(
        "\nwhat hangs on one size: the fits without it, to runs of {LIMITS:?} steps or more; \
         and what they say of the default run"
    );
    let table = |what: &str, places: usize, of: &dyn Fn(&Fits) -> f64| {
        for (name, fits) in &fits {
            print!("  {:<42}", format!("without {name}, {what}:"));
            for fits in fits {
                print!("{:>9.places$}", of(fits));
            }
            println!();
        }
        let all: Vec<f64> = fits[1..].iter().flat_map(|(_, fits)| fits.iter().map(of)).collect();
        let (least, most) = middle(&all, 1.0);
        println!(
            "  {:<42}{least:>9.places$}{most:>9.places$}",
            format!("without one, least and most, {what}:")
        );
    };
    table("E free", 3, &|fits| fits.free.law.floor);
    table("E free, names left out", 3, &|fits| fits.nameless.floor);
    table("misses, E known over E free", 3, &|fits| fits.known.objective / fits.free.objective);
    table("exponent, E known", 3, &|fits| fits.known.law.exponent(Price::SIX));
    table("default run, E free", 4, &|fits| fits.free.law.loss(n, d));
    table("default run, E known", 4, &|fits| fits.known.law.loss(n, d));
}

/// What a size loses at its best rate on the budget [`LATER`], over what it loses there at the rate that was
/// chosen on a smaller one; 1 where no other rate was tried.
fn gain(study: &Study, width: usize) -> f64 {
    let tried = trials(&study.later_rates.tried, width);
    let loss = |rate: f64| tried.iter().find(|trial| trial.rate == rate).map(|trial| trial.loss);
    let best = best_of(&study.later_rates.tried, width).and_then(|(rate, _)| loss(rate));
    let chosen = study.best_rate(width).and_then(|(rate, _)| loss(rate));
    best.zip(chosen).map_or(1.0, |(best, chosen)| best / chosen)
}

/// The runs of so many steps or more, as they might be at better rates: from the budget [`LATER`] to the last
/// one named a size loses as much less as was gained at [`LATER`] with one seed. For a larger budget that is a
/// guess.
fn at_better_rates(study: &Study, steps: usize, last: f64) -> Vec<Point> {
    let cells = cells(&study.runs, steps);
    let points = points(&cells, COUNT).concat();
    let runs = cells.concat().into_iter();
    let better = |(point, run): (Point, &Run)| {
        let gained = if (LATER..=last).contains(&run.budget) { gain(study, run.width) } else { 1.0 };
        Point { loss: gained * point.loss, ..point }
    };
    points.into_iter().zip(runs).map(better).collect()
}

/// Prints what the fits say if sizes lose as much less as at better rates.
pub fn better_rates(study: &Study, floor: f64) {
    println!(
        "\nif the sizes that were tried at {LATER:.1e} lose as much less from there on as at the rates that are best there"
    );
    for width in LADDER.map(|shape| shape.model).into_iter().filter(|&width| gain(study, width) < 1.0) {
        println!("  width {width} loses {:.3} of what it loses at its own rate", gain(study, width));
    }
    let fits = LIMITS.map(|steps| {
        let points = at_better_rates(study, steps, f64::INFINITY);
        [None, Some(floor)].map(|known| fit(&points, known).law)
    });
    let row = |what: &str, of: &dyn Fn(&[Law; 2]) -> f64| {
        let all: Vec<String> = fits.iter().map(|laws| format!("{:>9.3}", of(laws))).collect();
        println!("  {:<42}{}", format!("at better rates, {what}:"), all.concat());
    };
    row("E free", &|[free, _]| free.floor);
    let alone = LIMITS.map(|steps| fit(&at_better_rates(study, steps, LATER), None).law.floor);
    let alone: Vec<String> = alone.iter().map(|floor| format!("{floor:>9.3}")).collect();
    println!("  {:<42}{}", format!("with the gain at {LATER:.1e} alone, E free:"), alone.concat());
    row("exponent, E free", &|[free, _]| free.exponent(Price::SIX));
    row("exponent, E known", &|[_, known]| known.exponent(Price::SIX));
    let n = COUNT.of(&Shape::of::<LaptopBpe>());
    let d = study.default_run.found.last().map_or(f64::NAN, |found| found.tokens as f64);
    row("default run, E free", &|[free, _]| free.loss(n, d));
    row("default run, E known", &|[_, known]| known.loss(n, d));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_e_is_nothing_without_the_smallest_size_and_high_without_the_largest() {
        let runs = Study::load().unwrap().runs;
        let floor = runs[0].found.marks.floor();
        for steps in LIMITS {
            let [all, small, large] = [None, Some(16), Some(64)]
                .map(|width| fit(&without(&runs, steps, width)[0], None).law.floor);
            assert!(small < 0.0005, "{steps} steps: {small} without the smallest");
            // But there the true E misses hardly more.
            let [four, _] = without(&runs, steps, Some(16));
            let more = fit(&four, Some(floor)).objective / fit(&four, None).objective;
            assert!((1.0..1.08).contains(&more), "{steps} steps: {more}");
            assert!(large > 0.145 && large > all, "{steps} steps: {large} without the largest, {all}");
        }
    }

    #[test]
    fn without_the_smallest_size_it_is_nothing_with_the_names_or_without_them() {
        let runs = Study::load().unwrap().runs;
        for steps in LIMITS {
            let found = fit(&without(&runs, steps, Some(16))[1], None).law.floor;
            assert!(found < 0.0005, "{steps} steps: {found}");
        }
    }

    #[test]
    fn with_the_gain_of_the_third_budget_alone_the_free_e_stays_too_high() {
        let study = Study::load().unwrap();
        let floor = study.runs[0].found.marks.floor();
        for steps in LIMITS {
            let found = fit(&at_better_rates(&study, steps, LATER), None).law.floor;
            assert!(found > 1.05 * floor, "{steps} steps: {found}");
        }
    }
}
