//! # Exercise: approach two
//!
//! The last of three steps to a plan: do the runs say the same without the law? The second approach of
//! Hoffmann et al. needs no law and no search. For each budget, models of several sizes were trained: lay the
//! parabola through (ln N, loss) that has the least squares, and take the N of its lowest point. Then lay the
//! straight line with the least squares through (ln budget, ln N), one point a budget: its slope is the
//! exponent of N_opt.
//!
//! When your answer is accepted, ask it about a law that you know. The runs of
//! `L = 1 + 100/N^0.5 + 1000/D^0.3` have no noise; with C = 6ND the exponent is 0.3/(0.5 + 0.3) = 0.375. Try
//! sizes around the best one, up to 2 times, 10 times and 100 times as large and as small. Then let all
//! sizes of the smaller budgets be too large, and all of the larger ones too small. What does it find? Then
//! `cargo run -p scaling --features exercises --example plan` asks it about the chapter's own runs.
//!
//! # Hints
//! - With x = ln N, a parabola a + b x + c x² is linear in a, b and c. Where is its slope 0?
//! - Logarithms near 20 have squares near 400: subtract their mean first, and add it at the end.
//! - Three equations for three numbers: Σ of (a + b x + c x² − loss) times 1, x and x² is 0. With the
//!   mean subtracted, Σ x = 0.
#![allow(unused_variables)]

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

/// The exponent of the best size by the budget. Runs of one budget have exactly the same number there; they
/// come in any order. Each budget has three sizes or more, and there are two budgets or more.
pub fn exponent(runs: &[Run]) -> f64 {
    todo!("a parabola for each budget, and a line through their lowest points")
}
