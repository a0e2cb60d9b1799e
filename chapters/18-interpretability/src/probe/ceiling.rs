//! What nobody can know yet.
//!
//! Before a choice is drawn, nothing in a model knows how the dice will fall.

use crate::pairs::{drawn_at, values};
use language_models::story::beats::STORY;
use language_models::story::{Grammar, Plot, Slot};
use std::collections::BTreeMap;

// ANCHOR: ceiling
/// How often the best guess at a slot is right, if all that is known is what a story tells before `beat`.
/// It is 1 once the slot is told. Before, it is the largest of the probabilities that the grammar draws
/// with: no probe can beat it, whatever it reads, as nothing in the model knows how the dice will fall.
pub fn ceiling(slot: Slot, beat: usize) -> f64 {
    let at = drawn_at(slot);
    if beat > at {
        return 1.0;
    }
    // On which slot the draw depends, if it is filled by then.
    let parent = match slot {
        Slot::Weather => Some(Slot::Season),
        Slot::Friend => Some(Slot::Hero),
        _ => None,
    };
    let causes = parent.map_or(vec![Plot::default()], |parent| {
        (0..values(parent)).map(|value| Plot::default().with(parent, value)).collect()
    });
    let offers: Vec<BTreeMap<usize, f64>> = causes.iter().map(|cause| offered(at, slot, cause)).collect();
    let best = |offer: &BTreeMap<usize, f64>| offer.values().copied().fold(0.0, f64::max);
    let n = offers.len() as f64; // the causes are equally likely
    if parent.is_some_and(|parent| beat > drawn_at(parent)) {
        return offers.iter().map(best).sum::<f64>() / n;
    }
    let mut mixed = BTreeMap::new();
    for (value, p) in offers.iter().flatten() {
        *mixed.entry(*value).or_insert(0.0) += p / n;
    }
    best(&mixed)
}

/// With which probability the beat `at` gives each value to `slot` after this plot.
fn offered(at: usize, slot: Slot, plot: &Plot) -> BTreeMap<usize, f64> {
    let choices = Grammar::default().offer(STORY[at], plot).into_owned();
    let all: f64 = choices.iter().map(|choice| choice.weight).sum();
    choices.iter().map(|choice| (choice.sets.get(slot), choice.weight / all)).collect()
}
// ANCHOR_END: ceiling

/// The probability that of `n` guesses, each right with probability `p`, at least `right` are right: by
/// chance a probe is as good as that.
pub fn tail(n: usize, p: f64, right: usize) -> f64 {
    // ln of n! / (k! (n − k)!), one factor after the other.
    let mut log_choose = 0.0;
    let mut sum = 0.0;
    for k in 0..=n {
        if k >= right {
            sum += (log_choose + k as f64 * p.ln() + (n - k) as f64 * (1.0 - p).ln()).exp();
        }
        log_choose += ((n - k) as f64 / (k + 1) as f64).ln();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ceiling_is_what_the_best_guess_gets() {
        // By hand: of the weathers after spring 4 of 12 are rain, after summer 5 of 12 are heat, after
        // autumn 5 of 13 are fog, after winter 7 of 12 are snow. Who does not know the season says rain.
        let (season, weather) = (drawn_at(Slot::Season), drawn_at(Slot::Weather));
        let known = (4.0 / 12.0 + 5.0 / 12.0 + 5.0 / 13.0 + 7.0 / 12.0) / 4.0;
        assert!((ceiling(Slot::Weather, weather) - known).abs() < 1e-12);
        let rain = (4.0 / 12.0 + 1.0 / 12.0 + 3.0 / 13.0 + 1.0 / 12.0) / 4.0;
        let wind = (3.0 / 12.0 + 1.0 / 12.0 + 4.0 / 13.0 + 2.0 / 12.0) / 4.0;
        let snow = (1.0 / 12.0 + 7.0 / 12.0) / 4.0;
        let fog = (2.0 / 12.0 + 1.0 / 12.0 + 5.0 / 13.0 + 2.0 / 12.0) / 4.0;
        let most = [rain, wind, snow, fog].into_iter().fold(0.0, f64::max);
        assert!((ceiling(Slot::Weather, season) - most).abs() < 1e-12);
        assert_eq!(ceiling(Slot::Weather, weather + 1), 1.0);
        assert!((ceiling(Slot::Friend, drawn_at(Slot::Friend)) - 1.0 / 39.0).abs() < 1e-12);
        assert!((ceiling(Slot::Friend, 0) - 1.0 / 40.0).abs() < 1e-12);
        assert!((ceiling(Slot::Home, 0) - 1.0 / 24.0).abs() < 1e-12);
    }

    #[test]
    fn the_tail_by_hand() {
        // Three coins: two or three heads in 4 of 8 cases, three in one.
        assert!((tail(3, 0.5, 2) - 0.5).abs() < 1e-12 && (tail(3, 0.5, 3) - 0.125).abs() < 1e-12);
        assert!((tail(750, 0.025, 0) - 1.0).abs() < 1e-9);
    }
}
