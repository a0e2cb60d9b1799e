//! What scales, and what jumps: the loss by kind of knowledge, beside the share of whole stories.

use super::law::cell;
use super::law::measure::BUDGETS;
use super::law::record::{Run, Study};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::median;
use language_models::story::KINDS;
use scaling::law::count::Count;
use scaling::law::lab::{Found, Lab};
use scaling::law::names::{guess, paid};
use scaling::law::sizes::LADDER;
use scaling::law::telling::Told;

/// One size on one budget: medians over the seeds, and the stories of all seeds together.
struct Cell {
    name: String,
    width: usize,
    budget: f64,
    tokens: f64,
    /// Bits a story above the floor, by kind.
    above: [f64; 5],
    told: Told,
    /// How likely a model gets all right that can be known.
    all_right: f64,
}

impl Cell {
    /// A checkpoint of the default run, which is 128 wide.
    fn of_default_run(found: &Found) -> Self {
        Self {
            name: format!("kinds at step {}", found.steps),
            width: 128,
            budget: found.operations,
            tokens: found.tokens as f64,
            above: [0, 1, 2, 3, 4].map(|kind| found.marks.above(kind)),
            told: found.told,
            all_right: found.marks.all_right,
        }
    }

    fn of(runs: &[&Run]) -> Option<Self> {
        let first = runs.first()?;
        let of = |f: &dyn Fn(&Run) -> f64| median(&runs.iter().map(|run| f(run)).collect::<Vec<_>>());
        let sum = |f: fn(&Told) -> usize| runs.iter().map(|run| f(&run.found.told)).sum::<usize>();
        Some(Self {
            name: format!("kinds at {:.1e}, width {}", first.budget, first.width),
            width: first.width,
            budget: first.budget,
            tokens: first.found.tokens as f64,
            above: [0, 1, 2, 3, 4].map(|kind| of(&|run| run.found.marks.above(kind))),
            told: Told { written: sum(|told| told.written), told: sum(|told| told.told) },
            all_right: of(&|run| run.found.marks.all_right),
        })
    }

    /// K: bits a story above the floor, all kinds together.
    fn bits(&self) -> f64 {
        self.above.iter().sum()
    }
}

pub fn report() -> Result<()> {
    let Study { runs, default_run, .. } = Study::load()?;
    let mut cells = Vec::new();
    for budget in BUDGETS {
        cells.extend(LADDER.iter().filter_map(|shape| Cell::of(&cell(&runs, shape.model, budget))));
    }
    heading();
    table(&cells);
    println!("the default run of mini-gpt: {}, {}", default_run.processor, default_run.date);
    let checkpoints: Vec<Cell> = default_run.found.iter().map(Cell::of_default_run).collect();
    table(&checkpoints);
    outside(&checkpoints);
    names(&runs)?;
    likeliest(&runs);
    let seeds: Vec<Cell> = runs.iter().filter_map(|run| Cell::of(&[run])).collect();
    let ([by_size, by_tokens], [seeds_by_size, seeds_by_tokens]) = (slices(&cells), slices(&seeds));
    by_kind(
        "kinds-by-size",
        "Larger models, as many operations",
        "operations/6 a token: N",
        [&by_size, &seeds_by_size],
        size,
    )?;
    by_kind(
        "kinds-by-tokens",
        "More tokens, the same model",
        "tokens: D",
        [&by_tokens, &seeds_by_tokens],
        |cell| cell.tokens,
    )?;
    jump(&seeds.iter().chain(&checkpoints).collect::<Vec<_>>())
}

fn size(cell: &Cell) -> f64 {
    LADDER.iter().find(|shape| shape.model == cell.width).map_or(f64::NAN, |shape| Count::Cost.of(shape))
}

fn heading() {
    println!(
        "\nbits a story above the floor by kind, medians of the seeds; the share told, with its standard error;"
    );
    println!("how likely all is right that can be known; and 2⁻ᴷ, K being all bits above the floor");
    print!("{:<26}", "");
    for (_, name) in KINDS {
        print!("{name:>20}");
    }
    println!("{:>9}{:>18}{:>12}{:>12}", "all: K", "told", "all right", "2⁻ᴷ");
}

fn table(cells: &[Cell]) {
    for cell in cells {
        print!("{:<26}", cell.name);
        for bits in cell.above {
            print!("{bits:>20.2}");
        }
        println!(
            "{:>9.1}{:>18}{:>12.4}{:>12.4}",
            cell.bits(),
            format!("{:.4} ± {:.4}", cell.told.share(), cell.told.error()),
            cell.all_right,
            (-cell.bits()).exp2()
        );
    }
}

/// K in two parts: what a model gives to stories that the grammar cannot tell, and the rest, which it loses
/// among those that it can.
fn outside(cells: &[Cell]) {
    println!("K = −log₂ of the share told, and what is lost among the stories of the grammar");
    for cell in cells.iter().filter(|cell| cell.told.told > 0) {
        let outside = -cell.told.share().log2();
        // d log₂ p = dp / (p ln 2).
        let error = cell.told.error() / cell.told.share() / std::f64::consts::LN_2;
        println!(
            "{:<26} outside of the grammar {outside:.1} ± {error:.1} of {:.1} bits, inside {:.1}",
            cell.name.replace("kinds", "parts"),
            cell.bits(),
            cell.bits() - outside
        );
    }
}

/// What guessing costs, beside what the models pay.
fn names(runs: &[Run]) -> Result<()> {
    let Some(marks) = runs.first().map(|run| &run.found.marks) else { return Ok(()) };
    let asked = Lab::new()?.names() as f64;
    println!(
        "names guessed among {:.0} cost {:.2} bits each, and a story tells {:.2} again: \
         {:.2} bits a story, {:.4} a character",
        guess().exp2(),
        guess(),
        asked / marks.stories as f64,
        guess() * asked / marks.stories as f64,
        guess() * asked / marks.characters as f64
    );
    let largest = runs.iter().map(|run| run.budget).fold(0.0, f64::max);
    for width in LADDER.map(|shape| shape.model) {
        let cell = cell(runs, width, largest);
        let paid = cell.iter().map(|run| paid(&run.found.marks).bits / run.found.marks.stories as f64);
        let paid: Vec<String> = paid.map(|bits| format!("{bits:.1}")).collect();
        println!("names on {largest:.1e}, width {width}, seed by seed: {} bits a story", paid.join(" "));
    }
    Ok(())
}

/// The run of the ladder that is likeliest to get everything right.
fn likeliest(runs: &[Run]) {
    let bits = |run: &Run| (0..KINDS.len()).map(|kind| run.found.marks.above(kind)).sum::<f64>();
    let best = runs.iter().max_by(|a, b| a.found.marks.all_right.total_cmp(&b.found.marks.all_right));
    if let Some(best) = best {
        let worst = runs.iter().map(bits).fold(0.0, f64::max);
        println!(
            "of {} runs the likeliest gets all right with {:.0e}; its K is {:.0}, the worst run's {worst:.0}",
            runs.len(),
            best.found.marks.all_right,
            bits(best)
        );
    }
}

/// The cells of the largest budget, by size; and those of the middle size, by tokens.
fn slices(cells: &[Cell]) -> [Vec<&Cell>; 2] {
    let largest = cells.iter().map(|cell| cell.budget).fold(0.0, f64::max);
    let middle = LADDER[LADDER.len() / 2].model;
    [
        cells.iter().filter(|cell| cell.budget == largest).collect(),
        cells.iter().filter(|cell| cell.width == middle).collect(),
    ]
}

/// Lines through the cells' medians, and a point for each seed.
fn by_kind(
    name: &str,
    title: &str,
    across: &str,
    [cells, seeds]: [&[&Cell]; 2],
    place: impl Fn(&Cell) -> f64,
) -> Result<()> {
    let mut chart = Chart::new(title, across, "bits a story above the floor");
    for (kind, (_, name)) in KINDS.iter().enumerate() {
        chart = chart.line(name, cells.iter().map(|cell| (place(cell), cell.above[kind])));
    }
    let points = |seed: &&Cell| seed.above.map(|bits| (place(seed), bits));
    chart = chart.scatter("each seed", seeds.iter().flat_map(points));
    Ok(save(CHAPTER, name, &chart.log_x().log_y().draw()?)?)
}

/// The share of whole stories by the bits above the floor, run by run: measured, by the product of what is
/// known, and the least that it can be.
fn jump(cells: &[&Cell]) -> Result<()> {
    let of = |f: fn(&Cell) -> f64| cells.iter().map(move |cell| (cell.bits(), f(cell)));
    let least = (0..=100).map(|i| 2000_f64.powf(f64::from(i) / 100.0)).map(|bits| (bits, (-bits).exp2()));
    let chart = Chart::new("Whole stories", "K: bits a story above the floor", "share")
        .scatter("told as the grammar tells", of(|cell| cell.told.share()))
        .scatter("all right that can be known", of(|cell| cell.all_right))
        .dashes("2⁻ᴷ", least);
    Ok(save(CHAPTER, "whole", &chart.log_x().y_range(0.0, 0.6).draw()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_default_run_names_fall_first_and_whole_stories_come_later() {
        let found = Study::load().unwrap().default_run.found;
        let at = |step: usize| found.iter().find(|found| found.steps == step).expect("a checkpoint");
        let fall = |kind: usize| at(1400).marks.above(kind) / at(1000).marks.above(kind);
        let [things, names, free] = [2, 3, 4].map(fall);
        assert!(names < 0.05 && things > 0.4 && free > 0.6, "{things} {names} {free}");
        // Until then they cost about what a guess among forty does.
        let guesses = guess() * Lab::new().unwrap().names() as f64 / at(1000).marks.stories as f64;
        assert!((400..=1000).step_by(200).all(|step| at(step).marks.above(3) > 0.9 * guesses));
        assert!(found.iter().all(|found| (found.told.told > 0) == (found.steps > 1600)));
    }
}
