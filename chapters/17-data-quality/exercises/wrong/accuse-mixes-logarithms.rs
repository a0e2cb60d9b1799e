//! Compares a capital in bits with a level in nats.

pub fn accuse(evidence: &[f64], level: f64) -> Option<usize> {
    let mut capital = 0.0;
    let reached = evidence.iter().position(|&bits| {
        capital += bits.max(0.0) + (1.0 + (-bits.abs()).exp2()).log2() - 1.0;
        capital >= -level.ln()
    });
    reached.map(|story| story + 1)
}
