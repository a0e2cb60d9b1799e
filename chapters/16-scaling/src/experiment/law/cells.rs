//! The runs by size and budget, and those to which a law is fitted.

use super::measure::{BUDGETS, SEEDS};
use super::record::Run;
use scaling::law::count::Count;
use scaling::law::fit::{FEWEST, Point};
use scaling::law::sizes::LADDER;

/// Whose N the page fits first: with it C = 6 N D is exact.
pub const COUNT: Count = Count::Cost;

/// The law is fitted with other limits, too, to see what hangs on it.
pub const LIMITS: [usize; 5] = [0, 100, FEWEST, 300, 500];

/// The runs of one size on one budget, in the order of their seeds.
pub type Cell<'a> = Vec<&'a Run>;

/// The cell of this size and budget.
pub fn cell(runs: &[Run], width: usize, budget: f64) -> Cell<'_> {
    let of = |seed: u64| runs.iter().find(|run| (run.width, run.budget, run.seed) == (width, budget, seed));
    SEEDS.iter().filter_map(|&seed| of(seed)).collect()
}

/// The cells whose runs made so many steps at least, budget by budget.
pub fn cells(runs: &[Run], fewest: usize) -> Vec<Cell<'_>> {
    let widths = LADDER.map(|shape| shape.model);
    let all = BUDGETS.iter().flat_map(|&budget| widths.map(|width| cell(runs, width, budget)));
    all.filter(|cell| !cell.is_empty() && cell.iter().all(|run| run.found.steps >= fewest)).collect()
}

/// Bits a character above the floor.
pub fn above(run: &Run) -> f64 {
    run.found.marks.loss() - run.found.marks.floor()
}

/// What a law is fitted to.
pub fn points(cells: &[Cell], count: Count) -> Vec<Vec<Point>> {
    let point = |run: &&Run| Point {
        n: count.of(&run.shape()),
        d: run.found.tokens as f64,
        loss: run.found.marks.loss(),
    };
    cells.iter().map(|cell| cell.iter().map(point).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::record::Study;
    use super::*;
    use kernels::measured::median;
    use scaling::law::fit::fit;
    use scaling::law::surface::Price;

    #[test]
    fn with_a_larger_budget_a_larger_model_ends_lowest() {
        let study = Study::load().unwrap();
        let best = BUDGETS.map(|budget| {
            let own = cells(&study.runs, 0).into_iter().filter(|cell| cell[0].budget == budget);
            let middle = |cell: &Cell| median(&cell.iter().map(|run| above(run)).collect::<Vec<_>>());
            own.min_by(|a, b| middle(a).total_cmp(&middle(b))).expect("every budget has runs")[0].width
        });
        assert_eq!(best, [16, 24, 32, 32]);
    }

    #[test]
    fn of_the_five_limits_the_one_of_the_figures_has_the_highest_e_and_exponent() {
        let runs = Study::load().unwrap().runs;
        let floor = runs[0].found.marks.floor();
        for limit in LIMITS.into_iter().filter(|&limit| limit != FEWEST) {
            let [ours, other] = [FEWEST, limit].map(|limit| points(&cells(&runs, limit), COUNT).concat());
            let free = |points: &[Point]| fit(points, None).law.floor;
            let exponent = |points: &[Point]| fit(points, Some(floor)).law.exponent(Price::SIX);
            assert!(free(&ours) > free(&other) && exponent(&ours) > exponent(&other), "{limit} steps");
            // A quarter to a third too high.
            let above = free(&other) / floor - 1.0;
            assert!((0.22..0.37).contains(&above), "{limit} steps: {above}");
        }
    }

    #[test]
    fn cells_of_short_runs_are_left_out_as_a_whole() {
        let study = Study::load().unwrap();
        let shortest = |fewest| cells(&study.runs, fewest).concat().iter().map(|run| run.found.steps).min();
        assert_eq!((cells(&study.runs, 0).len(), shortest(0)), (20, Some(64)));
        assert_eq!((cells(&study.runs, 65).len(), shortest(65)), (19, Some(116)));
    }
}
