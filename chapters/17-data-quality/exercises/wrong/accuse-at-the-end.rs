//! Looks at the capital when all is over.

pub fn accuse(evidence: &[f64], level: f64) -> Option<usize> {
    let won = |bits: f64| bits.max(0.0) + (1.0 + (-bits.abs()).exp2()).log2() - 1.0;
    let capital: f64 = evidence.iter().map(|&bits| won(bits)).sum();
    (capital >= -level.log2()).then_some(evidence.len())
}
