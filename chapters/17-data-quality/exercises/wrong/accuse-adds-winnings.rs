//! Bets half of the first capital each time.

pub fn accuse(evidence: &[f64], level: f64) -> Option<usize> {
    let mut capital = 1.0;
    let reached = evidence.iter().position(|bits| {
        capital += 0.5 * bits.exp2() - 0.5;
        capital >= 1.0 / level
    });
    reached.map(|story| story + 1)
}
