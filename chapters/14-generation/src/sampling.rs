//! Choosing the next token from its scores.
//!
//! The scores are divided by the **temperature** before the softmax: below 1 the likely becomes
//! likelier, at 0 only the likeliest is left. Then the unlikely tail may be cut, in three ways:
//! **top-k** keeps the k likeliest tokens; **top-p**, or nucleus sampling, the fewest that together
//! have the probability p (Holtzman et al. 2020); **min-p** those at least p times as likely as the
//! likeliest. A **repetition penalty** makes tokens less likely that have occurred.

use rand::Rng;
use std::cmp::Ordering;

// ANCHOR: sampling
/// How to choose the next token. Cuts that are set all apply: a token must survive each of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampling {
    /// Softens (above 1) or sharpens (below 1) the distribution; 0 takes the likeliest token.
    pub temperature: f64,
    /// Only this many of the likeliest tokens can be drawn.
    pub top_k: Option<usize>,
    /// Only the likeliest tokens can be drawn whose probabilities first add up to this.
    pub top_p: Option<f64>,
    /// Only tokens can be drawn that are at least this share as likely as the likeliest.
    pub min_p: Option<f64>,
    /// Scores of tokens that have occurred are divided by this if they are positive, and multiplied
    /// by it otherwise; 1 changes nothing.
    pub repetition_penalty: f64,
}

impl Sampling {
    /// Draws from the whole distribution at `temperature`.
    pub fn at(temperature: f64) -> Self {
        Self { temperature, top_k: None, top_p: None, min_p: None, repetition_penalty: 1.0 }
    }

    /// What can be drawn after `text` and how likely: tokens and probabilities, the likeliest
    /// first.
    ///
    /// # Panics
    /// When there are no scores, or none for a token of `text`.
    pub fn choices(&self, logits: &[f32], text: &[usize]) -> Vec<(usize, f64)> {
        let mut order = self.scores(logits, text);
        let best = best_of(&order);
        if self.temperature == 0.0 {
            return vec![(best.0, 1.0)];
        }
        order.sort_unstable_by(likelier_first);
        let weight = |score: f64| self.weight(score, best.1);
        let mut choices = normalised(order.into_iter().map(|(id, score)| (id, weight(score))).collect());
        if let Some(top_k) = self.top_k {
            choices.truncate(top_k.max(1));
            choices = normalised(choices);
        }
        if let Some(top_p) = self.top_p {
            // A token belongs to the nucleus if those before it do not fill it.
            let mut before = 0.0;
            choices.retain(|(_, p)| {
                let inside = before == 0.0 || before < top_p;
                before += p;
                inside
            });
            choices = normalised(choices);
        }
        if let Some(min_p) = self.min_p {
            let least = min_p * choices[0].1;
            let kept = choices.iter().take_while(|(_, p)| *p >= least).count();
            choices.truncate(kept.max(1));
        }
        normalised(choices)
    }

    /// Draws a token from its scores, after `text`.
    ///
    /// # Panics
    /// When there are no scores.
    pub fn draw(&self, logits: &[f32], text: &[usize], rng: &mut impl Rng) -> usize {
        self.draw_with_p(logits, text, rng).0
    }

    /// The same, with the probability that the token had among the choices.
    ///
    /// # Panics
    /// When there are no scores.
    pub fn draw_with_p(&self, logits: &[f32], text: &[usize], rng: &mut impl Rng) -> (usize, f64) {
        let mut ticket = rng.r#gen::<f64>();
        let mut is_drawn = |&(_, p): &(usize, f64)| {
            ticket -= p;
            ticket < 0.0
        };
        let is_whole = self.top_k.is_none() && self.top_p.is_none() && self.min_p.is_none();
        if is_whole && self.temperature > 0.0 {
            return self.find_in_all(logits, text, is_drawn);
        }
        let choices = self.choices(logits, text);
        *choices.iter().find(|choice| is_drawn(choice)).unwrap_or(&choices[0])
    }
}
// ANCHOR_END: sampling

impl Sampling {
    /// Whether nothing comes between the model's own probabilities and the draw.
    pub(crate) fn is_plain(&self) -> bool {
        *self == Self::at(1.0)
    }

    /// Every token with its score, which the repetition penalty has changed.
    fn scores(&self, logits: &[f32], text: &[usize]) -> Vec<(usize, f64)> {
        let mut scores: Vec<(usize, f64)> =
            logits.iter().map(|&score| f64::from(score)).enumerate().collect();
        if self.repetition_penalty == 1.0 {
            return scores;
        }
        let mut seen = text.to_vec();
        seen.sort_unstable();
        seen.dedup();
        for id in seen {
            let score = &mut scores[id].1;
            *score *= if *score > 0.0 { 1.0 / self.repetition_penalty } else { self.repetition_penalty };
        }
        scores
    }

    /// How much a score weighs beside the best one.
    fn weight(&self, score: f64, best: f64) -> f64 {
        ((score - best) / self.temperature).exp()
    }

    /// The first of all choices, the likeliest first, that `is_drawn`. It is mostly one of a few: a sort
    /// of all of them would take longer than the rest of the draw, so those that weigh nearly nothing
    /// are put in order only when it is none of the others.
    fn find_in_all(
        &self,
        logits: &[f32],
        text: &[usize],
        mut is_drawn: impl FnMut(&(usize, f64)) -> bool,
    ) -> (usize, f64) {
        let scores = self.scores(logits, text);
        let best = best_of(&scores);
        let total: f64 = scores.iter().map(|(_, score)| self.weight(*score, best.1)).sum();
        let edge = best.1 + NEARLY_NOTHING.ln() * self.temperature;
        for likely in [true, false] {
            let is_here = |(_, score): &&(usize, f64)| (*score >= edge) == likely;
            let mut here: Vec<(usize, f64)> = scores.iter().filter(is_here).copied().collect();
            here.sort_unstable_by(likelier_first);
            let mut choices = here.iter().map(|&(id, score)| (id, self.weight(score, best.1) / total));
            if let Some(drawn) = choices.find(&mut is_drawn) {
                return drawn;
            }
        }
        (best.0, 1.0 / total)
    }
}

/// A choice that is so many times less likely than the likeliest is drawn seldom.
const NEARLY_NOTHING: f64 = 1e-3;

/// The order of tokens by their scores. Ties go to the smaller id, so that nothing depends on the
/// sort.
fn likelier_first(a: &(usize, f64), b: &(usize, f64)) -> Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

/// The likeliest token and its score.
fn best_of(scores: &[(usize, f64)]) -> (usize, f64) {
    *scores.iter().min_by(|a, b| likelier_first(a, b)).expect("there are scores to choose by")
}

/// Weights as shares of their sum.
fn normalised(choices: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let total: f64 = choices.iter().map(|choice| choice.1).sum();
    choices.into_iter().map(|(id, weight)| (id, weight / total)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::Rng;
    use std::collections::BTreeMap;
    use tensors::seeds;

    /// What may be drawn, from the definitions: a token by itself against all others, without
    /// sorting.
    fn allowed(sampling: &Sampling, logits: &[f32], text: &[usize]) -> BTreeMap<usize, f64> {
        let score = |id: usize| {
            let (score, penalty) = (f64::from(logits[id]), sampling.repetition_penalty);
            match (text.contains(&id), score > 0.0) {
                (false, _) => score,
                (true, true) => score / penalty,
                (true, false) => score * penalty,
            }
        };
        let likelier = |a: usize, b: usize| score(a) > score(b) || (score(a) == score(b) && a < b);
        let mut left: BTreeMap<usize, f64> =
            (0..logits.len()).map(|id| (id, (score(id) / sampling.temperature).exp())).collect();
        let keep = |left: &mut BTreeMap<usize, f64>,
                    test: &dyn Fn(usize, &BTreeMap<usize, f64>) -> bool| {
            let total: f64 = left.values().sum();
            let all: BTreeMap<usize, f64> = left.iter().map(|(&id, w)| (id, w / total)).collect();
            *left = all.iter().filter(|&(&id, _)| test(id, &all)).map(|(&id, &p)| (id, p)).collect();
        };
        keep(&mut left, &|id, all| {
            all.keys().filter(|&&other| likelier(other, id)).count()
                < sampling.top_k.unwrap_or(usize::MAX).max(1)
        });
        keep(&mut left, &|id, all| {
            let before: Vec<f64> =
                all.iter().filter(|&(&other, _)| likelier(other, id)).map(|(_, &p)| p).collect();
            before.is_empty() || sampling.top_p.is_none_or(|top_p| before.iter().sum::<f64>() < top_p)
        });
        keep(&mut left, &|id, all| {
            let best = all.values().copied().fold(0.0, f64::max);
            sampling.min_p.is_none_or(|min_p| all[&id] >= min_p * best)
        });
        keep(&mut left, &|_, _| true);
        left
    }

    fn samplings() -> impl Strategy<Value = Sampling> {
        (
            0.2_f64..3.0,
            prop::option::of(1_usize..12),
            prop::option::of(0.05_f64..0.99),
            prop::option::of(0.01_f64..0.9),
            prop_oneof![Just(1.0), 1.0_f64..2.0],
        )
            .prop_map(|(temperature, top_k, top_p, min_p, repetition_penalty)| Sampling {
                temperature,
                top_k,
                top_p,
                min_p,
                repetition_penalty,
            })
    }

    proptest! {
        #[test]
        fn choices_are_those_of_the_definitions(
            sampling in samplings(),
            logits in prop::collection::vec(-4.0_f32..4.0, 1..12),
            text in prop::collection::vec(0_usize..12, 0..6),
        ) {
            let text: Vec<usize> = text.into_iter().filter(|&id| id < logits.len()).collect();
            let (ours, theirs) = (sampling.choices(&logits, &text), allowed(&sampling, &logits, &text));
            prop_assert!(ours.windows(2).all(|pair| pair[0].1 >= pair[1].1), "the likeliest first");
            prop_assert_eq!(ours.len(), theirs.len());
            for (id, p) in ours {
                let expected = theirs.get(&id);
                prop_assert!(expected.is_some_and(|q| (p - q).abs() < 1e-12), "{id}: {p} {expected:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_draw_walks_along_the_choices(
            sampling in samplings(),
            whole: bool,
            logits in prop::collection::vec(-4.0_f32..4.0, 1..120),
            text in prop::collection::vec(0_usize..120, 0..6),
            seed: u64,
        ) {
            let Sampling { temperature, repetition_penalty, .. } = sampling;
            let sampling =
                if whole { Sampling { repetition_penalty, ..Sampling::at(temperature) } } else { sampling };
            let text: Vec<usize> = text.into_iter().filter(|&id| id < logits.len()).collect();
            let (id, p) = sampling.draw_with_p(&logits, &text, &mut seeds::generator(seed));
            let (ticket, mut passed) = (seeds::generator(seed).r#gen::<f64>(), 0.0);
            let choices = sampling.choices(&logits, &text);
            let expected = choices.iter().find(|choice| {
                passed += choice.1;
                passed > ticket
            });
            let expected = expected.unwrap_or(&choices[0]);
            prop_assert_eq!(id, expected.0);
            prop_assert!((p - expected.1).abs() < 1e-12, "{p} {}", expected.1);
        }
    }

    #[test]
    fn draws_follow_the_choices() {
        let logits = [0.3, 1.0, 2.0, -1.0, 1.5, f32::NEG_INFINITY];
        let sampling = Sampling { top_p: Some(0.9), repetition_penalty: 1.3, ..Sampling::at(1.2) };
        let (mut rng, mut counts, n) = (seeds::generator(1), [0_u32; 6], 20_000);
        for _ in 0..n {
            counts[sampling.draw(&logits, &[2], &mut rng)] += 1;
        }
        let choices = sampling.choices(&logits, &[2]);
        let expected = |p: f64| p * f64::from(n);
        let chi_squared: f64 = choices
            .iter()
            .map(|&(id, p)| (f64::from(counts[id]) - expected(p)).powi(2) / expected(p))
            .sum();
        assert_eq!(choices.iter().map(|choice| counts[choice.0]).sum::<u32>(), n, "nothing else is drawn");
        // Three degrees of freedom: a true sampler exceeds 16.3 once in a thousand times, and this
        // seed is fixed.
        assert!(choices.len() == 4 && chi_squared < 16.3, "{chi_squared}");
    }

    #[test]
    fn scores_beyond_all_bounds_are_no_trouble() {
        // A model with enormous weights, all of them finite, can give such scores.
        for score in [f32::INFINITY, f32::NEG_INFINITY, f32::NAN] {
            let sampling = Sampling { top_p: Some(0.5), min_p: Some(0.5), ..Sampling::at(0.7) };
            assert!(sampling.draw(&[score, score, 1.0], &[0], &mut seeds::generator(1)) < 3);
        }
    }

    #[test]
    fn temperature_zero_and_top_one_take_the_likeliest() {
        let mut rng = seeds::generator(1);
        for sampling in [Sampling::at(0.0), Sampling { top_k: Some(1), ..Sampling::at(1.5) }] {
            assert_eq!(
                sampling.draw(&[0.1, 3.0, 3.0, -1.0], &[], &mut rng),
                1,
                "ties go to the smaller id"
            );
        }
    }

    #[test]
    fn the_temperature_divides_the_scores() {
        // e^(ln 8 / 1.5) = 8^(2/3) = 4.
        for (temperature, expected) in [(0.0, 1.0), (0.5, 64.0 / 65.0), (1.0, 8.0 / 9.0), (1.5, 0.8)] {
            let (likeliest, p) = Sampling::at(temperature).choices(&[0.0, 8_f32.ln()], &[])[0];
            assert!(likeliest == 1 && (p - expected).abs() < 1e-6, "temperature {temperature}: {p}");
        }
    }
}
