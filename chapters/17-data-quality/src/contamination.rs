//! Has a model read the test? Two tests of significance: one that supposes nothing about the model, and one
//! against stories that it has certainly not read.
//!
//! Let p be the distribution that stories are drawn from, which we know, and q the model's. If a story x
//! was drawn from p *after* the model was made, the ratio q(x)/p(x) has the mean
//!
//! E[q/p] = Σ p(x) · q(x)/p(x) = Σ q(x) ≤ 1,
//!
//! summed over all stories, whatever the model is. By Markov's inequality a ratio of 1,000 or more has a
//! probability of 1/1,000 at most. The ratio of independent stories is the product of theirs. Such a
//! ratio is called an *e-value* (Vovk & Wang 2021).

use crate::judge::Cost;
use kernels::measured::mean_and_error;

// ANCHOR: evidence
/// log₂ q(x)/p(x) of a text: the bits by which the model knows it better than the grammar that told it.
///
/// Only places count that the grammar leaves open. Elsewhere the model can only lose, and to leave them
/// out is to replace it by one that knows there what the grammar knows: that is a model, too.
pub fn evidence(costs: &[Cost]) -> f64 {
    costs.iter().filter(|cost| cost.open).map(|cost| -cost.above()).sum()
}

/// How likely so many bits of evidence, or more, are at most, if the model has not read the text.
pub fn chance(evidence: f64) -> f64 {
    (-evidence).exp2().min(1.0)
}
// ANCHOR_END: evidence

// ANCHOR: hedged
/// The evidence of an accuser who is careful: on each story only a share `stake` is bet on the model,
/// the rest on the grammar. The mean of (1 − stake) + stake · q/p is 1 at most as well, so the same
/// bound holds. A story costs at most −log₂(1 − stake), and those that the model does not know cannot
/// spoil what it gives away in others. The stake must be fixed before the stories are looked at.
///
/// # Panics
/// When `stake` is no share.
pub fn hedged(evidence: &[f64], stake: f64) -> f64 {
    assert!((0.0..=1.0).contains(&stake), "{stake} is no share");
    evidence.iter().map(|bits| ((1.0 - stake) + stake * bits.exp2()).log2()).sum()
}
// ANCHOR_END: hedged

// ANCHOR: z
/// How many standard errors the mean of `suspects` lies above that of `controls`, whatever the spread of
/// either (Welch's statistic).
///
/// # Panics
/// When a list has fewer than two numbers.
pub fn z_score(suspects: &[f64], controls: &[f64]) -> f64 {
    assert!(suspects.len() > 1 && controls.len() > 1, "one number has no spread");
    let [(a, a_error), (b, b_error)] = [suspects, controls].map(mean_and_error);
    (a - b) / a_error.hypot(b_error)
}
// ANCHOR_END: z

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::{Dials, Grammar, Kind};
    use tensors::seeds;

    fn cost(bits: f64, floor: f64, open: bool) -> Cost {
        Cost { bits, floor, kind: Kind::Choice, open }
    }

    #[test]
    fn evidence_by_hand() {
        // Two words known better than they can be, one worse; wording that the model does not know.
        let costs =
            [cost(1.0, 4.0, true), cost(0.0, 0.0, true), cost(5.0, 3.0, true), cost(9.0, 0.0, false)];
        assert_eq!(evidence(&costs), 1.0);
        assert_eq!((chance(10.0), chance(-3.0)), (1.0 / 1024.0, 1.0));
    }

    /// The evidence that a grammar with another dial, which is a model whose probabilities are known, gives
    /// against itself on stories that it has not seen.
    fn innocent(zipf: f64, stories: usize) -> Vec<f64> {
        let (own, model) = (Grammar::default(), Grammar::new(Dials { zipf, ..Dials::default() }).unwrap());
        let mut rng = seeds::generator(11);
        let story = |_| {
            let story = own.tell(&mut rng);
            let [floor, bits] = [&own, &model].map(|grammar| grammar.read(&story).unwrap().bits);
            let costs: Vec<Cost> =
                floor.iter().zip(bits).map(|(&floor, bits)| cost(bits, floor, floor > 0.0)).collect();
            evidence(&costs)
        };
        (0..stories).map(story).collect()
    }

    #[test]
    fn an_innocent_model_is_rarely_accused() {
        // A model so near the grammar that evidence against it is not rare.
        let evidence = innocent(0.1, 4000);
        for bits in [0.5, 1.0, 2.0] {
            let n = evidence.len() as f64;
            let share = evidence.iter().filter(|evidence| **evidence >= bits).count() as f64 / n;
            let error = (share * (1.0 - share) / n).sqrt();
            assert!(share <= chance(bits) + 3.0 * error, "{bits} bits: {share}, at most {}", chance(bits));
            assert!(share > 0.0, "the case is no test: no evidence of {bits} bits at all");
        }
        // The mean of the ratio is 1 exactly: the model tells the same stories.
        let ratios: Vec<f64> = evidence.iter().map(|evidence| evidence.exp2()).collect();
        let (mean, error) = mean_and_error(&ratios);
        assert!((mean - 1.0).abs() < 4.0 * error, "{mean} ± {error}");
    }

    #[test]
    fn the_careful_accuser_loses_little_and_keeps_what_one_story_gives_away() {
        let ignorant = [-300.0, -250.0, -400.0];
        assert!((hedged(&ignorant, 0.5) + 3.0).abs() < 1e-9, "a bit each");
        let caught = [-300.0, 40.0, -250.0, -400.0];
        assert!((hedged(&caught, 0.5) - (40.0 - 4.0)).abs() < 1e-9);
        assert_eq!(hedged(&caught, 1.0), caught.iter().sum::<f64>());
        assert_eq!(hedged(&caught, 0.0), 0.0);
    }

    #[test]
    fn nor_is_an_innocent_model_by_the_careful_accuser() {
        let evidence = innocent(0.1, 4000);
        // Trials of ten stories each.
        let trials: Vec<f64> = evidence.chunks(10).map(|stories| hedged(stories, 0.5)).collect();
        for bits in [0.2, 1.0] {
            let n = trials.len() as f64;
            let share = trials.iter().filter(|evidence| **evidence >= bits).count() as f64 / n;
            let error = (share * (1.0 - share) / n).sqrt();
            assert!(share <= chance(bits) + 3.0 * error, "{bits}: {share}");
        }
    }

    #[test]
    fn z_by_hand() {
        // Means 3 and 1; both variances are 2, of means of two 1.
        assert!((z_score(&[2.0, 4.0], &[0.0, 2.0]) - 2.0 / 2_f64.sqrt()).abs() < 1e-12);
        assert!(z_score(&[0.0, 2.0], &[2.0, 4.0]) < 0.0);
    }
}
