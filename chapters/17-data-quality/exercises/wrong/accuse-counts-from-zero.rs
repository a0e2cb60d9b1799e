//! The place of the last story, counted from 0.

pub fn accuse(evidence: &[f64], level: f64) -> Option<usize> {
    let mut capital = 0.0;
    evidence.iter().position(|&bits| {
        capital += bits.max(0.0) + (1.0 + (-bits.abs()).exp2()).log2() - 1.0;
        capital >= -level.log2()
    })
}
