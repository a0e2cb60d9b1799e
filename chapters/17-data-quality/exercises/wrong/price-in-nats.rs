//! Takes the natural logarithm.

pub fn most_dirt(texts: &[(f64, f64)], budget: f64) -> f64 {
    let price = |q: f64| {
        let one = |&(own, other): &(f64, f64)| -((1.0 - q) + q * (own - other).exp2()).ln();
        texts.iter().map(one).sum::<f64>() / texts.len() as f64
    };
    (0..=1_000_000).map(|i| f64::from(i) / 1e6).filter(|&q| price(q) <= budget).fold(0.0, f64::max)
}
