//! The grammar with its two dials.

use super::beats::Beat;
use super::choice::Choice;
use super::people::{self, NAMES};
use super::plot::Plot;
use super::slot::Slot;
use std::borrow::Cow;
use thiserror::Error;

// ANCHOR: dials
/// How hard the stories are. The default is the grammar that the book's models learn from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Dials {
    /// Word number r of a list has a probability proportional to 1/rˢ. At s = 0 all words of a list
    /// are equally likely.
    pub zipf: f64,
    /// How many people the world has; 0 for no world. Whoever is a story's hero is one of them, and
    /// where, with whom and with which friend the hero lives is the same in all stories about that
    /// name: a fact. Person number r is drawn with a probability proportional to 1/rˢ.
    pub people: usize,
    /// Which world it is: what its people are called and what is so about them.
    pub seed: u64,
}
// ANCHOR_END: dials

/// The steepest Zipf exponent. Beyond it the last words of a list would hardly ever be told, and
/// their weights would be lost among the rounding errors of the others'.
const STEEPEST: f64 = 3.0;

/// What no grammar can be set to.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum DialsError {
    /// A Zipf exponent that is negative, too large or no number.
    #[error("the Zipf exponent is {0}: it must be between 0 and {STEEPEST}")]
    Zipf(f64),
    /// More people than names.
    #[error("a world of {0} people is too large: there are {NAMES} names")]
    People(usize),
}

/// A story grammar: it tells stories and reads them, with the exact probability of every character.
///
/// ```
/// use language_models::story::{Dials, Grammar};
/// let grammar = Grammar::new(Dials { zipf: 1.0, people: 20, seed: 1 })?;
/// let story = grammar.tell(&mut tensors::seeds::generator(1));
/// let bits: f64 = grammar.read(&story).unwrap().bits.iter().sum();
/// assert!(bits < 106.0 && grammar.exact_entropy().bits < 106.0);
/// # Ok::<(), language_models::story::DialsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grammar {
    zipf: f64,
    /// What the beat that names the hero offers, in a world.
    people: Vec<Choice>,
}

/// Gives words the weights of Zipf's law, 1/rˢ. At s = 0 they have them: they come equally likely.
fn weigh(choices: &mut [Choice], s: f64) {
    if s > 0.0 {
        for choice in choices {
            if let Some(rank) = choice.rank {
                choice.weight = (rank as f64).powf(-s);
            }
        }
    }
}

impl Grammar {
    /// The grammar with these dials.
    ///
    /// # Errors
    /// [`DialsError`] if there is none.
    pub fn new(dials: Dials) -> Result<Self, DialsError> {
        if !(0.0..=STEEPEST).contains(&dials.zipf) {
            return Err(DialsError::Zipf(dials.zipf));
        }
        if dials.people > NAMES {
            return Err(DialsError::People(dials.people));
        }
        let mut people = people::people(dials.people, dials.seed);
        weigh(&mut people, dials.zipf);
        Ok(Self { zipf: dials.zipf, people })
    }

    /// The bits that a model must keep in its weights to know every fact of the world. Each was drawn
    /// evenly from its list, whatever the Zipf exponent. Which names exist is not counted.
    pub fn fact_bits(&self) -> f64 {
        self.people.len() as f64 * people::bits_a_person()
    }

    // ANCHOR: offer
    /// What a beat offers, given the plot so far.
    pub fn offer(&self, beat: Beat, plot: &Plot) -> Cow<'_, [Choice]> {
        let mut choices = self.offer_without_facts(beat, plot);
        // What the plot knows is not drawn again: once the name is told, the person's facts
        // have a probability of 1.
        if !self.people.is_empty() && plot.knows(Slot::Hero) {
            choices.to_mut().retain(|choice| plot.agrees(&choice.sets));
        }
        choices
    }

    /// The same without what the plot settles.
    pub(crate) fn offer_without_facts(&self, beat: Beat, plot: &Plot) -> Cow<'_, [Choice]> {
        let mut choices = beat(plot);
        // The beat that names the hero: in a world it offers its people.
        if !self.people.is_empty() && choices[0].sets.knows(Slot::Hero) {
            return Cow::Borrowed(&self.people);
        }
        weigh(&mut choices, self.zipf);
        Cow::Owned(choices)
    }
    // ANCHOR_END: offer
}
