//! What dirt costs somebody who learns perfectly.
//!
//! A share q of the texts comes from another source. Whoever knows both sources and the share, and no more,
//! gives a text x the probability
//!
//! p(x) = (1 − q) · own(x) + q · other(x) ≥ (1 − q) · own(x),
//!
//! so that a clean text costs at most −log₂(1 − q) bits more than it would cost somebody who knows that it
//! is clean. No model can do better on average over the whole mixture: this one *is* its distribution.

// ANCHOR: bound
/// The most that a share `dirt` of another source can cost the perfect learner, in bits for each clean
/// text.
///
/// # Panics
/// When `dirt` is no share below 1.
pub fn bound(dirt: f64) -> f64 {
    assert!((0.0..1.0).contains(&dirt), "{dirt} is no share that leaves clean text");
    -(1.0 - dirt).log2()
}
// ANCHOR_END: bound

// ANCHOR: places
/// Where the perfect learner pays: for each character of a clean text its bits above the floor, which
/// may be negative. `own` and `other` are −log₂ of the probability of each character, given all before
/// it, by the clean and by the other source; infinite where a source cannot go on.
///
/// At every character the learner weighs the two sources by how well each has told the text so far,
/// which is what Bayes' rule says, and mixes what they expect.
///
/// # Panics
/// When the lists are not equally long, or `dirt` is no share below 1.
pub fn price_by_place(dirt: f64, own: &[f64], other: &[f64]) -> Vec<f64> {
    assert_eq!(own.len(), other.len(), "two opinions on the same characters");
    let most = bound(dirt);
    // What the text so far costs above the floor: log₂ own − log₂((1 − q) own + q other).
    let mut odds = (dirt / (1.0 - dirt)).log2(); // log₂ of (q other) / ((1 − q) own)
    // log₂ (1 + 2^odds), with the larger of the two taken out: 2^odds may be too large for a number.
    let so_far = |odds: f64| most - odds.max(0.0) - (1.0 + (-odds.abs()).exp2()).log2();
    let mut before = so_far(odds);
    let mut price = Vec::with_capacity(own.len());
    for (own, other) in own.iter().zip(other) {
        odds += own - other;
        let after = so_far(odds);
        price.push(after - before);
        before = after;
    }
    price
}
// ANCHOR_END: places

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::{Dials, Grammar};
    use tensors::seeds;

    #[test]
    fn half_dirt_costs_one_bit_and_a_tenth_costs_little() {
        assert_eq!(bound(0.0), 0.0);
        assert_eq!(bound(0.5), 1.0);
        assert_eq!(bound(0.75), 2.0);
        assert!((bound(0.1) - (10.0_f64 / 9.0).log2()).abs() < 1e-12);
    }

    #[test]
    fn who_cannot_have_told_it_costs_the_whole_bound_where_that_shows() {
        // The sources agree on two characters; the third the other source never tells.
        let price = price_by_place(0.5, &[1.0, 2.0, 0.0, 3.0], &[1.0, 2.0, f64::INFINITY, f64::INFINITY]);
        assert_eq!(price, [0.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn a_source_that_is_the_same_costs_nothing() {
        assert_eq!(price_by_place(0.3, &[1.0, 0.5], &[1.0, 0.5]), [0.0, 0.0]);
    }

    #[test]
    fn the_places_sum_to_the_price_of_the_text_and_no_text_costs_more_than_the_bound() {
        let (own, other) =
            (Grammar::default(), Grammar::new(Dials { zipf: 1.0, ..Dials::default() }).unwrap());
        let mut rng = seeds::generator(5);
        for dirt in [0.1, 0.5, 0.9] {
            let mut sum = 0.0;
            for _ in 0..50 {
                let story = own.tell(&mut rng);
                let bits = [&own, &other].map(|grammar| grammar.read(&story).unwrap().bits);
                let price: f64 = price_by_place(dirt, &bits[0], &bits[1]).iter().sum();
                // From the probabilities of the whole story.
                let log_ratio = bits[0].iter().sum::<f64>() - bits[1].iter().sum::<f64>();
                let direct = -((1.0 - dirt) + dirt * log_ratio.exp2()).log2();
                assert!((price - direct).abs() < 1e-9, "{price}, not {direct}");
                assert!(price <= bound(dirt) + 1e-9);
                sum += price;
            }
            assert!(sum > 0.0, "on average it costs something: {sum}");
        }
    }
}
