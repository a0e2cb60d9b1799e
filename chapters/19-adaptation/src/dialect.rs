//! A **dialect** of the stories: the same choices, some of them with other weights. Where the hero lives, with
//! whom, and what that relative does is not drawn evenly any more, but each word with a weight that depends on
//! who the hero is:
//!
//! weight = exp(s z),  z a normal number for each word and each *group* of heroes.
//!
//! The strength s says how many bits there are to be learned, the number of groups of how many things they
//! consist. Both can be chosen apart. How far the dialect is from the stories, KL(dialect ‖ stories), is
//! computed exactly, as chapter 6 computes the entropy: by following the probability of each class of plots.

use language_models::story::beats::{Beat, STORY};
use language_models::story::{Choice, Plot, Slot};
use rand::Rng;
use std::collections::BTreeMap;
use tensors::seeds;

/// What the dialect chooses in its own way.
pub const TILTED: [Slot; 3] = [Slot::Home, Slot::Relative, Slot::Trade];
/// More words than any of the lists has.
const WORDS: usize = 64;

/// A dialect.
#[derive(Debug, Clone)]
pub struct Dialect {
    strength: f64,
    groups: usize,
    /// z of every word of every tilted slot, group by group.
    z: Vec<f32>,
}

/// What a beat offers, given the plot so far.
pub type Offer<'a> = &'a dyn Fn(Beat, &Plot) -> Vec<Choice>;

/// What the stories of chapter 6 offer.
pub fn usual(beat: Beat, plot: &Plot) -> Vec<Choice> {
    beat(plot)
}

impl Dialect {
    /// The dialect of this strength, with so many groups of heroes; `seed` draws the weights. More groups add
    /// weights and leave those of the first as they are.
    ///
    /// # Panics
    /// When there is no group.
    pub fn new(strength: f64, groups: usize, seed: u64) -> Self {
        assert!(groups > 0, "a hero is of some group");
        let z = seeds::normal(&mut seeds::generator(seed), groups * TILTED.len() * WORDS, 1.0);
        Self { strength, groups, z }
    }

    /// The dialect of so many groups that is `bits` bits a story from the stories: its strength is found by
    /// halving an interval. `None` if no strength up to 8 is enough.
    pub fn with_bits(bits: f64, groups: usize, seed: u64) -> Option<Self> {
        let mut dialect = Self::new(8.0, groups, seed);
        if dialect.to_learn() < bits {
            return None;
        }
        let (mut low, mut high) = (0.0, dialect.strength);
        for _ in 0..30 {
            dialect.strength = f64::midpoint(low, high);
            *(if dialect.to_learn() < bits { &mut low } else { &mut high }) = dialect.strength;
        }
        Some(dialect)
    }

    // ANCHOR: offer
    /// What a beat offers, given the plot so far.
    pub fn offer(&self, beat: Beat, plot: &Plot) -> Vec<Choice> {
        let group = plot.get(Slot::Hero) % self.groups;
        let mut choices = beat(plot);
        for choice in &mut choices {
            for (i, slot) in TILTED.into_iter().enumerate().filter(|(_, slot)| choice.sets.knows(*slot)) {
                let z = self.z[(group * TILTED.len() + i) * WORDS + choice.sets.get(slot)];
                choice.weight *= (self.strength * f64::from(z)).exp();
            }
        }
        choices
    }
    // ANCHOR_END: offer

    /// The first sentence of a story, in which all is said that the dialect says in its own way.
    pub fn tell_beginning(&self, rng: &mut impl Rng) -> String {
        let (mut plot, mut text) = (Plot::default(), String::new());
        for &beat in beginning() {
            let choices = self.offer(beat, &plot);
            let choice = drawn(&choices, rng);
            text.push_str(&choice.text(&plot));
            plot = choice.apply(&plot);
        }
        text
    }

    /// KL(dialect ‖ stories): bits a story that a model of the stories pays for not knowing the dialect.
    pub fn to_learn(&self) -> f64 {
        divergence(beginning(), &|beat, plot| self.offer(beat, plot), &usual)
    }

    /// KL(stories ‖ dialect): bits a story that whoever knows the dialect, and nothing else, pays for the
    /// stories. It is the least that a model forgets who learns the dialect perfectly.
    pub fn to_forget(&self) -> f64 {
        divergence(beginning(), &usual, &|beat, plot| self.offer(beat, plot))
    }
}

/// The beats of the first sentence: up to what the relative does.
pub fn beginning() -> &'static [Beat] {
    let sets_trade = |beat: &Beat| beat(&Plot::default())[0].sets.knows(Slot::Trade);
    let end = STORY.iter().position(sets_trade).expect("the relative does something");
    &STORY[..=end]
}

fn drawn<'a>(choices: &'a [Choice], rng: &mut impl Rng) -> &'a Choice {
    let all: f64 = choices.iter().map(|choice| choice.weight).sum();
    let mut ticket = rng.r#gen::<f64>() * all;
    let hit = choices.iter().find(|choice| {
        ticket -= choice.weight;
        ticket < 0.0
    });
    // Rounding can leave a crumb, which is the last one's.
    hit.unwrap_or(&choices[choices.len() - 1])
}

/// −log₂ p of a text that consists of the choices of `beats`, if it does: no choice's text begins another one.
pub fn bits(text: &str, beats: &[Beat], offer: Offer<'_>) -> Option<f64> {
    let (mut plot, mut rest, mut bits) = (Plot::default(), text, 0.0);
    for &beat in beats {
        let choices = offer(beat, &plot);
        let choice = choices.iter().find(|choice| rest.starts_with(&choice.text(&plot)))?;
        bits += (choices.iter().map(|choice| choice.weight).sum::<f64>() / choice.weight).log2();
        rest = &rest[choice.text(&plot).len()..];
        plot = choice.apply(&plot);
    }
    rest.is_empty().then_some(bits)
}

// ANCHOR: divergence
/// KL(p ‖ q) of two grammars with the same choices, in bits, over `beats`, the first ones of a story: by the chain rule the sum over beats of
/// the expected divergence of the choice, given the plot so far.
pub fn divergence(beats: &[Beat], p: Offer<'_>, q: Offer<'_>) -> f64 {
    let weight = |choices: &[Choice]| choices.iter().map(|choice| choice.weight).sum::<f64>();
    let mut classes = BTreeMap::from([(Plot::default(), 1.0)]);
    let mut total = 0.0;
    for &beat in beats {
        let mut next = BTreeMap::new();
        for (plot, reached) in classes {
            let (ours, theirs) = (p(beat, &plot), q(beat, &plot));
            let (all_ours, all_theirs) = (weight(&ours), weight(&theirs));
            for (our, their) in ours.iter().zip(&theirs) {
                let (p, q) = (our.weight / all_ours, their.weight / all_theirs);
                total += reached * p * (p / q).log2();
                *next.entry(our.apply(&plot).class()).or_insert(0.0) += reached * p;
            }
        }
        classes = next;
    }
    total
}
// ANCHOR_END: divergence

#[cfg(test)]
mod tests {
    use super::*;
    use kernels::measured::mean_and_error;
    use language_models::story::{read, tell};

    #[test]
    fn the_divergence_is_what_ten_thousand_beginnings_say() {
        for groups in [1, 40] {
            let dialect = Dialect::new(1.5, groups, 7);
            let ours: Offer = &|beat, plot| dialect.offer(beat, plot);
            let mut rng = seeds::generator(2);
            let sample: Vec<f64> = (0..10_000)
                .map(|_| {
                    let text = dialect.tell_beginning(&mut rng);
                    bits(&text, beginning(), &usual).unwrap() - bits(&text, beginning(), ours).unwrap()
                })
                .collect();
            let ((mean, error), exact) = (mean_and_error(&sample), dialect.to_learn());
            // Two standard errors: a right computation passes with 95 %, and with this fixed seed it does.
            assert!((mean - exact).abs() < 2.0 * error, "{groups}: {mean} ± {error}, exactly {exact}");
        }
    }

    #[test]
    fn the_price_of_the_old_stories_is_what_they_say() {
        let dialect = Dialect::new(1.5, 40, 7);
        let ours: Offer = &|beat, plot| dialect.offer(beat, plot);
        let mut rng = seeds::generator(3);
        let sample: Vec<f64> = (0..10_000)
            .map(|_| {
                let story = tell(&mut rng);
                bits(&story, STORY, ours).unwrap() - bits(&story, STORY, &usual).unwrap()
            })
            .collect();
        let ((mean, error), exact) = (mean_and_error(&sample), dialect.to_forget());
        assert!((mean - exact).abs() < 2.0 * error, "{mean} ± {error}, exactly {exact}");
    }

    #[test]
    fn bits_are_those_that_chapter_6_reads() {
        let story = tell(&mut seeds::generator(5));
        let expected: f64 = read(&story).unwrap().bits.iter().sum();
        let found = bits(&story, STORY, &usual).unwrap();
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        assert_eq!(bits(&story[1..], STORY, &usual), None);
        assert_eq!(bits(&format!("{story}more"), STORY, &usual), None);
    }

    #[test]
    fn a_dialect_has_as_many_bits_as_it_should() {
        for groups in [1, 40] {
            let dialect = Dialect::with_bits(3.0, groups, 7).unwrap();
            assert!((dialect.to_learn() - 3.0).abs() < 1e-6, "{}", dialect.to_learn());
        }
        // 24 homes, 10 relatives and 12 trades have no more than 11.5 bits.
        assert!(Dialect::with_bits(11.6, 1, 7).is_none());
    }

    #[test]
    fn without_strength_there_is_nothing_to_learn() {
        let dialect = Dialect::new(0.0, 40, 7);
        assert!(dialect.to_learn().abs() < 1e-12 && dialect.to_forget().abs() < 1e-12);
    }

    #[test]
    fn heroes_of_a_group_have_the_same_weights_and_others_have_others() {
        let dialect = Dialect::new(1.5, 5, 7);
        let home = STORY.iter().position(|beat| beat(&Plot::default())[0].sets.knows(Slot::Home)).unwrap();
        let of = |hero| dialect.offer(STORY[home], &Plot::default().with(Slot::Hero, hero));
        assert_eq!(of(3), of(38));
        assert_ne!(of(3), of(4));
    }
}
