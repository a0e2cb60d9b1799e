//! The judge of `approach_two`.

#[path = "../../exercises/wrong/approach_two-always-a-half.rs"]
mod always_a_half;
#[cfg_attr(feature = "exercises", path = "../../exercises/approach_two.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/approach_two.rs")]
mod answer;
#[path = "../../exercises/wrong/approach_two-ends-only.rs"]
mod ends_only;
#[path = "../../exercises/wrong/approach_two-even-grids-only.rs"]
mod even_grids_only;
#[path = "../../exercises/wrong/approach_two-lowest-run.rs"]
mod lowest_run;
#[path = "../../exercises/wrong/approach_two-not-logarithms.rs"]
mod not_logarithms;
#[path = "../../exercises/wrong/approach_two-upside-down.rs"]
mod upside_down;

use nalgebra::{DMatrix, DVector};

/// Budget, N, loss.
type Run = [f64; 3];

/// The coefficients, constant first, of the polynomial with the least squares: by singular values, not by
/// the equations of the hints.
fn polynomial(points: &[(f64, f64)], degree: usize) -> DVector<f64> {
    let powers = DMatrix::from_fn(points.len(), degree + 1, |row, power| points[row].0.powi(power as i32));
    let values = DVector::from_iterator(points.len(), points.iter().map(|point| point.1));
    powers.svd(true, true).solve(&values, 0.0).expect("both factors were asked for")
}

/// What approach two says of runs.
fn exact(runs: &[Run]) -> f64 {
    let mut budgets: Vec<f64> = runs.iter().map(|run| run[0]).collect();
    budgets.sort_by(f64::total_cmp);
    budgets.dedup();
    let lowest = budgets.iter().map(|budget| {
        let points: Vec<(f64, f64)> =
            runs.iter().filter(|run| run[0] == *budget).map(|run| (run[1].ln() - 18.0, run[2])).collect();
        let parabola = polynomial(&points, 2);
        (budget.ln() - 45.0, 18.0 - parabola[1] / (2.0 * parabola[2]))
    });
    polynomial(&lowest.collect::<Vec<_>>(), 1)[1]
}

/// Runs of a law without noise. The sizes of budget number i are the best one times each of `around`,
/// times drift^i.
fn of_law([e, a, alpha, b, beta]: [f64; 5], budgets: &[f64], around: &[f64], drift: f64) -> Vec<Run> {
    let mut runs = Vec::new();
    for (i, &budget) in budgets.iter().enumerate() {
        let best = (alpha * a / (beta * b) * (budget / 6.0).powf(beta)).powf(1.0 / (alpha + beta));
        runs.extend(around.iter().map(|times| {
            let n = best * times * drift.powi(i as i32);
            let d = budget / (6.0 * n);
            [budget, n, e + a * n.powf(-alpha) + b * d.powf(-beta)]
        }));
    }
    // In any order: backwards, and the budgets in turn.
    runs.reverse();
    runs.sort_by_key(|run| (run[1] as u64) % 7);
    runs
}

fn judge(exponent: impl Fn(&[Run]) -> f64) {
    let budgets = [1e18, 1e19, 3e19, 1e21];
    let even = [0.25, 0.5, 1.0, 2.0, 4.0];
    let uneven = [0.3, 0.5, 0.6, 2.5];
    // Losses that are parabolas, whose lowest points are known: at N = 30 √C, with ln N off by turns.
    let parabolas: Vec<Run> = [(1e18_f64, 0.1), (1e19, -0.2), (3e19, 0.05), (1e21, 0.0)]
        .into_iter()
        .flat_map(|(budget, off)| {
            let best = 30_f64.ln() + 0.5 * budget.ln() + off;
            uneven.map(|times: f64| {
                let log_n = best + times.ln();
                [budget, log_n.exp(), 2.0 + 0.1 * (log_n - best).powi(2)]
            })
        })
        .collect();
    let known = [1.69, 406.4, 0.34, 410.7, 0.28];
    let steep = [1.0, 100.0, 0.5, 1000.0, 0.3];
    for (what, runs) in [
        (
            "a law whose exponents are equal, sizes around the best",
            of_law([1.0, 400.0, 0.3, 400.0, 0.3], &budgets, &even, 1.0),
        ),
        ("losses that are parabolas of ln N", parabolas),
        ("the published law, sizes around the best", of_law(known, &budgets, &even, 1.0)),
        ("sizes that are not evenly spaced", of_law(known, &budgets[1..], &uneven, 1.0)),
        ("sizes that are not evenly spaced and drift", of_law(steep, &budgets, &uneven, 0.7)),
        ("exponents that differ, sizes that drift", of_law(steep, &budgets, &even, 0.7)),
    ] {
        let (own, expected) = (exponent(&runs), exact(&runs));
        assert!(
            (own - expected).abs() < 1e-6,
            "{what}: parabolas and a line give the exponent {expected:.6}, not {own:.6}"
        );
    }
}

/// The answer of a module, whose `Run` is a type of its own.
macro_rules! judge {
    ($answer:ident) => {
        judge(|runs: &[Run]| {
            let run = |&[budget, n, loss]: &Run| $answer::Run { budget, n, loss };
            $answer::exponent(&runs.iter().map(run).collect::<Vec<_>>())
        })
    };
}

#[test]
fn approach_two() {
    judge!(answer);
}

#[test]
fn parabolas_miss_where_the_exponents_differ_and_sizes_drift() {
    // What the exercise lets its reader find: 0.3 / 0.8 = 0.375 is true.
    let steep = [1.0, 100.0, 0.5, 1000.0, 0.3];
    let budgets = [1e18, 1e19, 1e20, 1e21];
    let wide = |by: f64| [1.0 / by, 1.0 / by.sqrt(), 1.0, by.sqrt(), by];
    let found = |by: f64, drift: f64| exact(&of_law(steep, &budgets, &wide(by), drift));
    // Centred on the best sizes, all parabolas are off by the same factor, and their slope is right.
    for by in [2.0, 10.0, 100.0] {
        assert!((found(by, 1.0) - 0.375).abs() < 1e-6, "{by}: {}", found(by, 1.0));
    }
    // From 3 times too large to 3 times too small: the parabola is drawn after them.
    let drift = 9.0_f64.powf(-1.0 / 3.0);
    assert!(found(10.0, drift) < 0.375 - 0.005, "{}", found(10.0, drift));
}

#[test]
#[should_panic(
    expected = "sizes that are not evenly spaced and drift: parabolas and a line give the exponent"
)]
fn not_logarithms() {
    judge!(not_logarithms);
}

#[test]
#[should_panic(expected = "give the exponent 0.500000, not 2.000000")]
fn upside_down() {
    judge!(upside_down);
}

#[test]
#[should_panic(
    expected = "sizes that are not evenly spaced and drift: parabolas and a line give the exponent"
)]
fn even_grids_only() {
    judge!(even_grids_only);
}

#[test]
#[should_panic(
    expected = "sizes that are not evenly spaced and drift: parabolas and a line give the exponent"
)]
fn lowest_run() {
    judge!(lowest_run);
}

#[test]
#[should_panic(expected = "losses that are parabolas of ln N: parabolas and a line give")]
fn ends_only() {
    judge!(ends_only);
}

#[test]
#[should_panic(expected = "not 0.500000")]
fn always_a_half() {
    judge!(always_a_half);
}
