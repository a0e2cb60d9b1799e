//! The run with the lowest loss, not the parabola.

/// A run.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Operations that training cost.
    pub budget: f64,
    /// Parameters.
    pub n: f64,
    /// What came of it.
    pub loss: f64,
}

/// The exponent of the best size by the budget.
pub fn exponent(runs: &[Run]) -> f64 {
    let mut budgets: Vec<f64> = runs.iter().map(|run| run.budget).collect();
    budgets.sort_by(f64::total_cmp);
    budgets.dedup();
    let lowest = budgets.iter().map(|&budget| {
        let of_budget = runs.iter().filter(|run| run.budget == budget);
        let points: Vec<(f64, f64)> = of_budget.map(|run| (run.n.ln(), run.loss)).collect();
        (budget.ln(), lowest_point(&points))
    });
    slope(&lowest.collect::<Vec<_>>())
}

fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = numbers.len() as f64;
    numbers.sum::<f64>() / count
}

/// The size of the best run.
fn lowest_point(points: &[(f64, f64)]) -> f64 {
    points.iter().min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0.0, |best| best.0)
}

/// The slope of the line with the least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let (x, y) = (mean(points.iter().map(|p| p.0)), mean(points.iter().map(|p| p.1)));
    let over: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    over / points.iter().map(|p| (p.0 - x).powi(2)).sum::<f64>()
}
