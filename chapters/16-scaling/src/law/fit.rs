//! From runs to the law: the third approach of Hoffmann et al. 2022 (section 3.3 and equation 10).
//!
//! The fitter makes Σ Huber(ln L̂ − ln L) over the runs as small as it can. A logarithm counts misses in
//! proportion, and the Huber loss (Huber 1964) counts small ones by their square and large ones by their size,
//! so that one odd run does not pull the law towards itself. With A = e^a, B = e^b and E = e^ε,
//! ln L̂ = ln(e^(a − α ln N) + e^(b − β ln D) + e^ε), and no parameter has to be kept positive.

use super::surface::Law;
use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra::{DMatrix, DVector, Dyn, Owned};

/// A run: its size, its tokens, its loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// N.
    pub n: f64,
    /// D.
    pub d: f64,
    /// L.
    pub loss: f64,
}

/// Runs of fewer steps are not fitted: warm-up and schedule decide them, of which the law knows nothing.
pub const FEWEST: usize = 200;

/// Where the Huber loss goes over from squares to sizes: a miss of a thousandth, as in the paper.
pub const DELTA: f64 = 1e-3;

// ANCHOR: huber
/// r²/2 for misses up to δ, δ (|r| − δ/2) beyond: there the slope is ±δ, however large the miss.
pub fn huber(miss: f64) -> f64 {
    if miss.abs() <= DELTA { miss * miss / 2.0 } else { DELTA * (miss.abs() - DELTA / 2.0) }
}
// ANCHOR_END: huber

/// A fitted law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The law.
    pub law: Law,
    /// The sum of the Huber losses, which is as small as could be.
    pub objective: f64,
}

/// The law's numbers as the fitter moves them: a, α, b, β, and ε where E is free.
struct Problem<'a> {
    points: &'a [Point],
    /// E, where it is known.
    floor: Option<f64>,
    at: DVector<f64>,
}

impl Problem<'_> {
    fn law(&self) -> Law {
        let at = &self.at;
        let floor = self.floor.unwrap_or_else(|| at[4].exp());
        Law { floor, a: at[0].exp(), alpha: at[1], b: at[2].exp(), beta: at[3] }
    }

    fn misses(&self) -> impl Iterator<Item = f64> {
        let law = self.law();
        self.points.iter().map(move |point| (law.loss(point.n, point.d) / point.loss).ln())
    }

    fn objective(&self) -> f64 {
        self.misses().map(huber).sum()
    }
}

// ANCHOR: problem
impl LeastSquaresProblem<f64, Dyn, Dyn> for Problem<'_> {
    type ParameterStorage = Owned<f64, Dyn>;
    type ResidualStorage = Owned<f64, Dyn>;
    type JacobianStorage = Owned<f64, Dyn, Dyn>;

    fn set_params(&mut self, at: &DVector<f64>) {
        self.at.copy_from(at);
    }

    fn params(&self) -> DVector<f64> {
        self.at.clone()
    }

    /// Numbers s whose squares are twice the Huber losses: a program for least squares makes those small.
    fn residuals(&self) -> Option<DVector<f64>> {
        let residual = |miss: f64| miss.signum() * (2.0 * huber(miss)).sqrt();
        let all: Vec<f64> = self.misses().map(residual).collect();
        all.iter().all(|residual| residual.is_finite()).then(|| DVector::from_vec(all))
    }

    /// Their slopes. A term's share in L̂ is the slope of ln L̂ by the term's logarithm.
    fn jacobian(&self) -> Option<DMatrix<f64>> {
        let law = self.law();
        let mut slopes = DMatrix::zeros(self.points.len(), self.at.len());
        for (mut row, (point, miss)) in slopes.row_iter_mut().zip(self.points.iter().zip(self.misses())) {
            let loss = law.loss(point.n, point.d);
            let of_n = law.a * point.n.powf(-law.alpha) / loss;
            let of_d = law.b * point.d.powf(-law.beta) / loss;
            let all = [of_n, -of_n * point.n.ln(), of_d, -of_d * point.d.ln(), law.floor / loss];
            // ds/dr = 1 for small misses; for large ones s = √(2δ|r| − δ²), and ds/dr = δ / |s|.
            let bend = if miss.abs() <= DELTA { 1.0 } else { DELTA / (2.0 * huber(miss)).sqrt() };
            row.iter_mut().zip(all).for_each(|(slope, of_log)| *slope = bend * of_log);
        }
        Some(slopes)
    }
}
// ANCHOR_END: problem

/// Where the search begins: exponents, and the share of the lowest loss that is the floor.
const EXPONENTS: [f64; 3] = [0.25, 0.7, 1.5];
const FLOORS: [f64; 2] = [0.4, 0.9];

/// The law that is nearest to `points`, with E free, or with `floor` for E. The search goes downhill and
/// may end in a hollow, so it is begun from a grid of starts and the best end is taken.
///
/// # Panics
/// When there are no more points than numbers to be found.
pub fn fit(points: &[Point], floor: Option<f64>) -> Fit {
    let lowest = points.iter().map(|point| point.loss).fold(f64::INFINITY, f64::min);
    let floors = floor.map_or(FLOORS.map(|share| share * lowest).to_vec(), |floor| vec![floor]);
    let mut starts = Vec::new();
    for floor in floors {
        for alpha in EXPONENTS {
            starts.extend(EXPONENTS.map(|beta| start(points, floor, alpha, beta)));
        }
    }
    from_starts(points, floor, &starts)
}

/// The best end of searches from `starts`.
pub fn from_starts(points: &[Point], floor: Option<f64>, starts: &[Law]) -> Fit {
    let parameters = if floor.is_some() { 4 } else { 5 };
    assert!(points.len() > parameters, "{} points cannot decide {parameters} numbers", points.len());
    let ends = starts.iter().map(|start| downhill(points, floor, *start));
    ends.min_by(|a, b| a.objective.total_cmp(&b.objective)).expect("there is a start")
}

/// A law with these exponents in which both terms together explain the points' middle.
fn start(points: &[Point], floor: f64, alpha: f64, beta: f64) -> Law {
    let count = points.len() as f64;
    let mean = |of: fn(&Point) -> f64| points.iter().map(of).sum::<f64>() / count;
    let half = (mean(|point| point.loss.ln()).exp() - floor).max(0.1 * floor) / 2.0;
    let (n, d) = (mean(|point| point.n.ln()).exp(), mean(|point| point.d.ln()).exp());
    Law { floor, a: half * n.powf(alpha), alpha, b: half * d.powf(beta), beta }
}

fn downhill(points: &[Point], floor: Option<f64>, start: Law) -> Fit {
    let mut at = vec![start.a.ln(), start.alpha, start.b.ln(), start.beta];
    if floor.is_none() {
        at.push(start.floor.ln());
    }
    let problem = Problem { points, floor, at: DVector::from_vec(at) };
    let (problem, _) = LevenbergMarquardt::new().with_patience(400).minimize(problem);
    let objective = problem.objective();
    // A search that has run away to infinity has found nothing.
    let objective = if objective.is_finite() { objective } else { f64::INFINITY };
    Fit { law: problem.law(), objective }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensors::seeds;

    /// Constants of the size that stories have, in bits a character.
    const TRUE: Law = Law { floor: 0.09, a: 30.0, alpha: 0.55, b: 500.0, beta: 0.6 };

    /// Four budgets, six sizes.
    fn points(law: Law) -> Vec<Point> {
        let mut points = Vec::new();
        for budget in [2e11, 6e11, 1.8e12, 5.4e12] {
            for n in [6e4, 1e5, 2e5, 4e5, 8e5, 1.3e6] {
                let d = budget / (6.0 * n);
                points.push(Point { n, d, loss: law.loss(n, d) });
            }
        }
        points
    }

    fn assert_found(law: Law, relative: f64) {
        for (what, found, known) in [
            ("E", law.floor, TRUE.floor),
            ("A", law.a.ln(), TRUE.a.ln()),
            ("α", law.alpha, TRUE.alpha),
            ("B", law.b.ln(), TRUE.b.ln()),
            ("β", law.beta, TRUE.beta),
        ] {
            assert!((found / known - 1.0).abs() < relative, "{what}: {found}, not {known}");
        }
    }

    #[test]
    fn a_known_surface_is_found_again() {
        let points = points(TRUE);
        assert_found(fit(&points, None).law, 1e-4);
        assert_found(fit(&points, Some(TRUE.floor)).law, 1e-4);
    }

    #[test]
    fn a_wrong_floor_is_kept_and_bends_the_exponents() {
        let law = fit(&points(TRUE), Some(0.8 * TRUE.floor)).law;
        assert_eq!(law.floor, 0.8 * TRUE.floor);
        // Room for a flatter end has to be filled by flatter terms.
        assert!(law.alpha + law.beta < TRUE.alpha + TRUE.beta - 0.02, "{law:?}");
    }

    #[test]
    fn the_slopes_are_those_of_finite_differences() {
        let mut points = points(TRUE);
        // Misses on both sides of δ: of 0.05 % and of 5 %.
        points.iter_mut().zip(seeds::normal(&mut seeds::generator(1), 24, 1.0)).for_each(|(point, z)| {
            point.loss *= if z > 0.0 { 1.0005 } else { 0.95 };
        });
        for floor in [None, Some(TRUE.floor)] {
            let mut at = vec![TRUE.a.ln(), TRUE.alpha, TRUE.b.ln(), TRUE.beta];
            if floor.is_none() {
                at.push(TRUE.floor.ln());
            }
            let mut problem = Problem { points: &points, floor, at: DVector::from_vec(at.clone()) };
            let by_hand = problem.jacobian().unwrap();
            // A step so small that no miss goes over from one side of δ to the other.
            let step = 1e-6;
            for column in 0..at.len() {
                let mut ends = [-step, step].map(|step| {
                    let mut moved = DVector::from_vec(at.clone());
                    moved[column] += step;
                    problem.set_params(&moved);
                    problem.residuals().unwrap()
                });
                ends[1] -= ends[0].clone();
                let numeric = &ends[1] / (2.0 * step);
                let error = (numeric - by_hand.column(column)).abs().max();
                assert!(error < 1e-5, "number {column}, floor {floor:?}: {error}");
            }
        }
    }

    #[test]
    fn huber_goes_over_from_squares_to_sizes_without_a_bend() {
        assert_eq!(huber(-DELTA / 2.0), DELTA * DELTA / 8.0);
        let slope = |miss: f64| (huber(miss + 1e-9) - huber(miss - 1e-9)) / 2e-9;
        for (miss, expected) in [(DELTA / 2.0, DELTA / 2.0), (DELTA, DELTA), (0.1, DELTA), (-3.0, -DELTA)] {
            assert!((slope(miss) - expected).abs() < 1e-6 * DELTA.max(1e-2), "{miss}: {}", slope(miss));
        }
    }

    #[test]
    fn one_odd_run_does_not_pull_the_law_towards_itself() {
        let mut points = points(TRUE);
        points[9].loss *= 1.5;
        assert_found(fit(&points, Some(TRUE.floor)).law, 1e-2);
    }

    #[test]
    #[should_panic(expected = "5 points cannot decide 5 numbers")]
    fn as_many_points_as_numbers_are_refused() {
        fit(&points(TRUE)[..5], None);
    }
}
