//! Bets everything.

pub fn accuse(evidence: &[f64], level: f64) -> Option<usize> {
    let mut capital = 0.0;
    let reached = evidence.iter().position(|bits| {
        capital += bits;
        capital >= -level.log2()
    });
    reached.map(|story| story + 1)
}
