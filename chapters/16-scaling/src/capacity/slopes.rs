//! How the loss in facts falls with the number of stories, before a model is trained.
//!
//! If knowledge comes in pieces, of which the often used ones are learned first, and if use follows a
//! power law, then the loss does too ("The quantization model of neural scaling", Michaud et al.
//! 2023). Here the pieces are people and the law is the grammar's dial: person number r is told about
//! with probability p ∝ 1/rˢ. The one thing that is assumed is *when* a piece is learned: after τ
//! stories about it.

// ANCHOR: slopes
/// The probability of each of `people`, of whom number r is drawn ∝ 1/rˢ.
pub fn chances(people: usize, s: f64) -> Vec<f64> {
    let weights: Vec<f64> = (1..=people).map(|rank| (rank as f64).powf(-s)).collect();
    let all: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / all).collect()
}

/// The share of stories that are about people nobody has learned yet, after `documents` stories, if
/// a person is learned after τ = `threshold` of them: Σ p · [D · p < τ].
///
/// Times the bits of a person's facts it is the loss in facts of a story.
pub fn unlearned(chances: &[f64], documents: f64, threshold: f64) -> f64 {
    chances.iter().map(|&p| if documents * p < threshold { p } else { 0.0 }).sum()
}

/// The exponent to which the share falls where the people do not end: (s − 1)/s.
///
/// Learned is who has p ≥ τ/D, that is r ≤ (D/τ)^(1/s) up to a factor; what is left beyond R is
/// Σ r⁻ˢ ∝ R^(1 − s).
pub fn exponent(s: f64) -> f64 {
    (s - 1.0) / s
}
// ANCHOR_END: slopes

/// The `threshold` among some with which the [`unlearned`] share comes nearest to the measured
/// `shares`, pairs of (documents, share): the sum of squared differences of their logarithms is least.
///
/// # Panics
/// When there are no thresholds.
pub fn fit(chances: &[f64], shares: &[(f64, f64)], thresholds: impl IntoIterator<Item = f64>) -> f64 {
    let misfit = |threshold: f64| -> f64 {
        let log =
            |(documents, share): &(f64, f64)| (unlearned(chances, *documents, threshold) / share).ln();
        shares.iter().map(|point| log(point).powi(2)).sum()
    };
    let best = thresholds.into_iter().min_by(|a, b| misfit(*a).total_cmp(&misfit(*b)));
    best.expect("at least one threshold to choose from")
}

/// The exponent of y ∝ x⁻ᵉ through `points`: least squares in logarithms.
pub fn slope(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / logs.len() as f64;
    let (x, y) = (mean(|log| log.0), mean(|log| log.1));
    let along: f64 = logs.iter().map(|log| (log.0 - x) * (log.1 - y)).sum();
    -along / logs.iter().map(|log| (log.0 - x).powi(2)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;
    use tensors::seeds;

    fn doublings(from: f64, count: i32) -> impl Iterator<Item = f64> {
        (0..count).map(move |i| from * 2_f64.powi(i))
    }

    #[test]
    fn four_people_by_hand() {
        // 1 + 1/2 + 1/3 + 1/4 = 25/12.
        let chances = chances(4, 1.0);
        assert!(chances.iter().zip([12.0, 6.0, 4.0, 3.0]).all(|(p, of)| (p - of / 25.0).abs() < 1e-12));
        // Of 100 stories they have 48, 24, 16 and 12: with τ = 20 two people are learned, and 7 of 25
        // stories are about the other two.
        assert!((unlearned(&chances, 100.0, 20.0) - 0.28).abs() < 1e-12);
        assert_eq!(unlearned(&chances, 100.0, 1.0), 0.0);
        assert!((unlearned(&chances, 1.0, 20.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn among_very_many_people_the_share_falls_as_the_exponent_says() {
        for s in [1.3, 1.6, 2.2] {
            let chances = chances(3_000_000, s);
            let points: Vec<_> = doublings(1000.0, 9).map(|d| (d, unlearned(&chances, d, 10.0))).collect();
            // The list ends and whole people are learned: a few hundredths.
            let (found, expected) = (slope(&points), exponent(s));
            assert!((found - expected).abs() < 0.03, "s = {s}: {found}, not {expected}");
        }
    }

    #[test]
    fn stories_that_are_drawn_leave_the_same_share() {
        // The formula counts with D · p stories about a person; drawn stories are as many only on
        // average, and a few people near the threshold fall on its other side.
        let (chances, mut rng) = (chances(200, 1.3), seeds::generator(5));
        let draw = rand::distributions::WeightedIndex::new(&chances).expect("probabilities");
        let mut told = vec![0; 200];
        (0..20_000).for_each(|_| told[rng.sample(&draw)] += 1);
        let left: f64 = told.iter().zip(&chances).filter(|(n, _)| **n < 30).map(|(_, p)| p).sum();
        let formula = unlearned(&chances, 20_000.0, 30.0);
        assert!((left - formula).abs() < 0.05 * formula, "{left} {formula}");
    }

    #[test]
    fn a_threshold_is_found_again() {
        let chances = chances(1000, 1.6);
        let points: Vec<_> = doublings(500.0, 6).map(|d| (d, unlearned(&chances, d, 17.0))).collect();
        let found = fit(&chances, &points, (1..100).map(f64::from));
        // Some neighbours learn the same people at all six.
        assert!((found - 17.0).abs() <= 1.0, "{found}");
    }
}
