//! How well a score tells good from bad, whatever the threshold.
//!
//! A filter gives each text a score, and keeps those above a threshold. Lower it, and more good texts
//! are kept, and more bad ones. The curve of the one share against the other is called the **receiver
//! operating characteristic** (ROC), and the area under it is a probability: that a good text scores
//! higher than a bad one, if ties count half. 1 is a perfect filter, ½ a coin.

use kernels::measured::mean_and_error;

/// The area under the curve, and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// P(good > bad) + ½ P(good = bad).
    pub area: f64,
    /// Its standard error.
    pub error: f64,
}

// ANCHOR: area
impl Area {
    /// Of the scores of good texts and of bad ones.
    ///
    /// The **placement** of a good text is the share of bad ones that it beats. Their mean is the area;
    /// that of the bad texts' is too. The variance of a mean is the variance over the number, and both
    /// samples contribute theirs.
    pub fn of(good: &[f64], bad: &[f64]) -> Self {
        let (area, one) = mean_and_error(&placements(good, bad));
        let (_, other) = mean_and_error(&placements(bad, good));
        Self { area, error: one.hypot(other) }
    }
}

/// For each score the share of the others that are lower, of which equal ones count half.
fn placements(scores: &[f64], others: &[f64]) -> Vec<f64> {
    let mut others = others.to_vec();
    others.sort_by(f64::total_cmp);
    let below = |score: f64| others.partition_point(|&other| other < score);
    let up_to = |score: f64| others.partition_point(|&other| other <= score);
    scores.iter().map(|&score| (below(score) + up_to(score)) as f64 / (2 * others.len()) as f64).collect()
}
// ANCHOR_END: area

/// The curve: for each threshold the shares of bad and of good texts that are kept.
pub fn curve(good: &[f64], bad: &[f64]) -> Vec<(f64, f64)> {
    let mut thresholds = [good, bad].concat();
    thresholds.sort_by(|a, b| b.total_cmp(a));
    thresholds.dedup();
    let kept = |scores: &[f64], from: f64| {
        scores.iter().filter(|&&score| score >= from).count() as f64 / scores.len() as f64
    };
    let points = thresholds.into_iter().map(|from| (kept(bad, from), kept(good, from)));
    std::iter::once((0.0, 0.0)).chain(points).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::Rng;
    use tensors::seeds;

    proptest! {
        #[test]
        fn the_area_is_the_share_of_pairs_in_order_and_that_under_the_curve(
            good in prop::collection::vec(0_u8..9, 2..30), bad in prop::collection::vec(0_u8..9, 2..30),
        ) {
            let [good, bad] = [good, bad].map(|scores| scores.into_iter().map(f64::from).collect::<Vec<_>>());
            let area = Area::of(&good, &bad).area;
            let pairs = good.iter().flat_map(|g| bad.iter().map(move |b| (g, b)));
            let won: f64 = pairs.map(|(g, b)| if g > b { 1.0 } else if g == b { 0.5 } else { 0.0 }).sum();
            prop_assert!((area - won / (good.len() * bad.len()) as f64).abs() < 1e-12);
            let under: f64 = curve(&good, &bad)
                .windows(2)
                .map(|pair| (pair[1].0 - pair[0].0) * (pair[1].1 + pair[0].1) / 2.0)
                .sum();
            prop_assert!((area - under).abs() < 1e-12);
        }
    }

    #[test]
    fn by_hand() {
        assert_eq!(Area::of(&[3.0, 1.0], &[2.0, 0.0]).area, 0.75);
        assert_eq!(Area::of(&[1.0], &[1.0]).area, 0.5, "a tie is half a win");
    }

    #[test]
    fn the_error_is_how_much_the_area_varies_from_sample_to_sample() {
        let mut rng = seeds::generator(3);
        let mut draw =
            |n: usize, mean: f64| -> Vec<f64> { (0..n).map(|_| mean + rng.r#gen::<f64>()).collect() };
        let areas: Vec<Area> = (0..500).map(|_| Area::of(&draw(80, 0.3), &draw(50, 0.0))).collect();
        let n = areas.len() as f64;
        let mean = areas.iter().map(|area| area.area).sum::<f64>() / n;
        let spread = (areas.iter().map(|area| (area.area - mean).powi(2)).sum::<f64>() / n).sqrt();
        let said = areas.iter().map(|area| area.error).sum::<f64>() / n;
        // A standard deviation from 500 draws is known to 1/√1000 = 3 %: four times that.
        assert!((said / spread - 1.0).abs() < 0.13, "{said} and {spread}");
        // By exact arithmetic: P(u + 0.3 > v) = 1 − 0.7²/2.
        assert!((mean - (1.0 - 0.245)).abs() < 4.0 * spread / n.sqrt(), "{mean}");
    }
}
