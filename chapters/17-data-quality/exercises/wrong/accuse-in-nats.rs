//! Takes the evidence for natural logarithms.

pub fn accuse(evidence: &[f64], level: f64) -> Option<usize> {
    let mut capital = 0.0;
    let reached = evidence.iter().position(|&bits| {
        capital += bits.max(0.0) + (-bits.abs()).exp().ln_1p() - std::f64::consts::LN_2;
        capital >= -level.ln()
    });
    reached.map(|story| story + 1)
}
