//! What each character of a story asks of a reader who wants to predict it.

use super::beats::STORY;
use super::choice::Piece;
use super::plot::Plot;
use super::reader::{NotAStory, read};
use super::slot::Slot;

// ANCHOR: kind
/// What must be known to predict a character. The order is that of difficulty: a token of several
/// characters is of the last of their kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// How the sentence goes on: it follows from the words just before.
    Wording,
    /// Whether somebody is a she or a he.
    Agreement,
    /// A thing, a place or a promise that was named before.
    Thing,
    /// Somebody's name that was told before.
    Name,
    /// Nobody can know: the grammar draws here.
    Choice,
}
// ANCHOR_END: kind

/// The kind of each byte of one story at the beginning of `text`.
///
/// # Errors
/// [`NotAStory`] where the text leaves the grammar.
pub fn kinds(text: &str) -> Result<Vec<Kind>, NotAStory> {
    let reading = read(text)?;
    let (mut plot, mut kinds) = (Plot::default(), Vec::with_capacity(reading.bits.len()));
    for (beat, &taken) in STORY.iter().zip(&reading.choices) {
        let choice = beat(&plot).swap_remove(taken);
        plot = choice.apply(&plot);
        for piece in choice.pieces() {
            let kind = match piece {
                Piece::Literal(_) => Kind::Wording,
                // What this very choice has drawn: once its first letters are known, the rest is
                // wording.
                Piece::Word(name) if Slot::of(name) == choice.sets.map(|(slot, _)| slot) => Kind::Wording,
                Piece::Word(name) => match Slot::of(name) {
                    None => Kind::Agreement,
                    Some(Slot::Hero | Slot::Friend) => Kind::Name,
                    Some(_) => Kind::Thing,
                },
            };
            kinds.extend(piece.resolve(&plot).bytes().map(|_| kind));
        }
    }
    for (kind, bits) in kinds.iter_mut().zip(&reading.bits) {
        if *bits > 0.0 {
            *kind = Kind::Choice;
        }
    }
    Ok(kinds)
}

#[cfg(test)]
mod tests {
    use super::super::tell;
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
        let hero = super::super::choice::word("hero", &plot);
        let places: Vec<usize> = story.match_indices(hero).map(|(at, _)| at).collect();
        // The first time it is drawn; afterwards it must be remembered.
        assert_eq!(kinds[places[0]], Kind::Choice);
        let last = *places.last().unwrap();
        assert!(
            kinds[last..last + hero.len()].iter().all(|kind| [Kind::Name, Kind::Choice].contains(kind))
        );
        let object = super::super::choice::word("object", &plot);
        let last = story.rfind(object).unwrap();
        assert!(kinds[last..last + object.len()].iter().all(|&kind| kind == Kind::Thing), "{story}");
        for kind in [Kind::Wording, Kind::Agreement, Kind::Thing, Kind::Name, Kind::Choice] {
            assert!(kinds.contains(&kind), "{kind:?}");
        }
    }
}
