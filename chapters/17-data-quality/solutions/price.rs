//! What a share costs, and the largest that costs little enough.

/// The largest share of dirt that costs these texts at most so many bits on average.
pub fn most_dirt(texts: &[(f64, f64)], budget: f64) -> f64 {
    let price = |q: f64| {
        // The larger of two probabilities is taken out of their sum: so no power of two is above 1.
        let one = |&(own, other): &(f64, f64)| {
            let more = own - other;
            if more > 0.0 {
                -more - (q + (1.0 - q) * (-more).exp2()).log2()
            } else {
                -((1.0 - q) + q * more.exp2()).log2()
            }
        };
        texts.iter().map(one).sum::<f64>() / texts.len() as f64
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if price(middle) <= budget {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
