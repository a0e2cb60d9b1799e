//! What each character of a story asks of a reader who wants to predict it.

use super::beats::STORY;
use super::choice::Piece;
use super::grammar::Grammar;
use super::kind::Kind;
use super::plot::Plot;
use super::reader::{NotAStory, read_choice};
use super::words::WORDS;

impl Grammar {
    /// The kind of each byte of one story at the beginning of `text`.
    ///
    /// A fact is of the kind [`Kind::Fact`] where it would be a [`Kind::Choice`] if nobody knew the
    /// world: at the letters that tell it from the rest of its list. The others are wording.
    ///
    /// # Errors
    /// [`NotAStory`] where the text leaves the grammar.
    pub fn kinds(&self, text: &str) -> Result<Vec<Kind>, NotAStory> {
        let reading = self.read(text)?;
        let (mut plot, mut kinds) = (Plot::default(), Vec::with_capacity(reading.bits.len()));
        for (&beat, &taken) in STORY.iter().zip(&reading.choices) {
            let choice = self.offer(beat, &plot)[taken];
            let (start, after) = (kinds.len(), choice.apply(&plot));
            for piece in choice.pieces() {
                let kind = match piece {
                    Piece::Literal(_) => Kind::Wording,
                    // A pronoun in a sentence counts as wording; beside a word that is drawn it does
                    // not. The losses by kind that the book shows were measured so.
                    Piece::Word(word) if WORDS[word].kind == Kind::Agreement => {
                        if choice.sets == Plot::default() { Kind::Wording } else { Kind::Agreement }
                    }
                    // What this very choice tells for the first time: once its first letters are
                    // known, the rest is wording.
                    Piece::Word(word) if choice.sets.knows(WORDS[word].slot) => Kind::Wording,
                    Piece::Word(word) => WORDS[word].kind,
                };
                kinds.extend(piece.resolve(&after).bytes().map(|_| kind));
            }
            if choice.is_settled(&plot) {
                let list = self.offer_without_facts(beat, &plot);
                let (_, bits) = read_choice(&list, &plot, &text.as_bytes()[start..])
                    .expect("the person's fact is in the list that it was drawn from");
                mark(&mut kinds[start..], &bits, Kind::Fact);
            }
            plot = after;
        }
        mark(&mut kinds, &reading.bits, Kind::Choice);
        Ok(kinds)
    }
}

/// Gives a kind to the bytes that cost bits.
fn mark(kinds: &mut [Kind], bits: &[f64], kind: Kind) {
    kinds.iter_mut().zip(bits).filter(|(_, bits)| **bits > 0.0).for_each(|(old, _)| *old = kind);
}

/// [`Grammar::kinds`] for the default grammar.
///
/// # Errors
/// [`NotAStory`] where the text leaves the grammar.
pub fn kinds(text: &str) -> Result<Vec<Kind>, NotAStory> {
    Grammar::default().kinds(text)
}

#[cfg(test)]
mod tests {
    use super::super::words::word_of;
    use super::super::{read, tell};
    use super::*;
    use tensors::seeds;

    #[test]
    fn every_character_has_a_kind_and_only_choices_cost_bits() {
        let mut rng = seeds::generator(3);
        for _ in 0..100 {
            let story = tell(&mut rng);
            let (kinds, bits) = (kinds(&story).unwrap(), read(&story).unwrap().bits);
            assert_eq!(kinds.len(), story.len());
            assert!(kinds.iter().zip(&bits).all(|(kind, bits)| (*kind == Kind::Choice) == (*bits > 0.0)));
        }
    }

    #[test]
    fn names_things_and_pronouns_are_told_apart() {
        let story = tell(&mut seeds::generator(3));
        let (kinds, plot) = (kinds(&story).unwrap(), read(&story).unwrap().plot);
        let hero = word_of("hero", &plot);
        let places: Vec<usize> = story.match_indices(hero).map(|(at, _)| at).collect();
        // The first time it is drawn; afterwards it must be remembered.
        assert_eq!(kinds[places[0]], Kind::Choice);
        let last = *places.last().unwrap();
        assert!(
            kinds[last..last + hero.len()].iter().all(|kind| [Kind::Name, Kind::Choice].contains(kind))
        );
        let object = word_of("object", &plot);
        let last = story.rfind(object).unwrap();
        assert!(kinds[last..last + object.len()].iter().all(|&kind| kind == Kind::Thing), "{story}");
        for kind in [Kind::Wording, Kind::Agreement, Kind::Thing, Kind::Name, Kind::Choice] {
            assert!(kinds.contains(&kind), "{kind:?}");
        }
    }
}
