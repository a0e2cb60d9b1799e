//! A parabola over N instead of ln N.

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
        let points: Vec<(f64, f64)> = of_budget.map(|run| (run.n, run.loss)).collect();
        (budget.ln(), lowest_point(&points).ln())
    });
    slope(&lowest.collect::<Vec<_>>())
}

fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = numbers.len() as f64;
    numbers.sum::<f64>() / count
}

/// Where the parabola with the least squares is lowest.
fn lowest_point(points: &[(f64, f64)]) -> f64 {
    let (centre, level) = (mean(points.iter().map(|p| p.0)), mean(points.iter().map(|p| p.1)));
    let moment = |power: i32| mean(points.iter().map(|p| (p.0 - centre).powi(power)));
    let with_loss = |power: i32| mean(points.iter().map(|p| (p.0 - centre).powi(power) * (p.1 - level)));
    let [m2, m3, m4] = [2, 3, 4].map(moment);
    // b m₂ + c m₃ = ⟨x y⟩ and b m₃ + c (m₄ − m₂²) = ⟨x² y⟩, with a = −c m₂ put in.
    let [xy, xxy] = [1, 2].map(with_loss);
    let spread = m4 - m2 * m2;
    let determinant = m2 * spread - m3 * m3;
    let (b, c) = ((xy * spread - xxy * m3) / determinant, (m2 * xxy - m3 * xy) / determinant);
    centre - b / (2.0 * c)
}

/// The slope of the line with the least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let (x, y) = (mean(points.iter().map(|p| p.0)), mean(points.iter().map(|p| p.1)));
    let over: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    over / points.iter().map(|p| (p.0 - x).powi(2)).sum::<f64>()
}
