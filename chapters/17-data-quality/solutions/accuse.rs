//! Bets on one story after the other.

/// The number of stories after which the capital has first reached 1 / `level`, if it does.
pub fn accuse(evidence: &[f64], level: f64) -> Option<usize> {
    let mut capital = 0.0; // its log₂
    let reached = evidence.iter().position(|&bits| {
        // log₂ (½ + ½ · 2^bits), with the larger of the two taken out.
        capital += bits.max(0.0) + (1.0 + (-bits.abs()).exp2()).log2() - 1.0;
        capital >= -level.log2()
    });
    reached.map(|story| story + 1)
}
