//! The bits of the mixture, less own.

/// Bits above what the clean source needs; below 0 if the dirty source knows the text better.
pub fn price(dirt: f64, own: f64, other: f64) -> f64 {
    // log₂ of how much likelier than clean it is that the text is dirty.
    let odds = (dirt / (1.0 - dirt)).log2() + own - other;
    // log₂ (1 + 2^odds), with the larger of the two taken out.
    let sum = odds.max(0.0) + (1.0 + (-odds.abs()).exp2()).log2();
    -(1.0 - dirt).log2() - sum
}
