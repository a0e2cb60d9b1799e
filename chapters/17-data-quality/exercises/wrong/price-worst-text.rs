//! No text may cost more than is allowed on average.

pub fn most_dirt(texts: &[(f64, f64)], budget: f64) -> f64 {
    let one = |&(own, other): &(f64, f64)| (1.0 - (-budget).exp2()) / (1.0 - (own - other).exp2()).max(0.0);
    texts.iter().map(one).fold(1.0, f64::min)
}
