//! The words that a template can ask for, by their names in braces.

use super::kind::Kind;
use super::lists::{
    ANIMALS, BOYS, COLOURS, DENS, ENDINGS, GIRLS, HABITS, HIDINGS, HOMES, OBJECTS, PLACES, PROMISES,
    RELATIVES, SEASONS, STEMS, TRADES, TRAITS,
};
use super::slot::Slot;

/// A word of a template.
#[derive(Debug)]
pub(crate) struct Word {
    /// What stands in the braces.
    pub name: &'static str,
    /// What it depends on.
    pub slot: Slot,
    /// What a reader must know who wants to predict it once the slot is filled.
    pub kind: Kind,
    /// How the index in the slot becomes text.
    pub text: fn(usize) -> &'static str,
}

/// Every word.
pub(crate) const WORDS: [Word; 25] = [
    word("hero", Slot::Hero, Kind::Name, person),
    word("girl", Slot::Hero, Kind::Agreement, |i| pronoun(i, "girl", "boy")),
    word("she", Slot::Hero, Kind::Agreement, |i| pronoun(i, "she", "he")),
    word("She", Slot::Hero, Kind::Agreement, |i| pronoun(i, "She", "He")),
    word("her", Slot::Hero, Kind::Agreement, |i| pronoun(i, "her", "his")),
    word("Her", Slot::Hero, Kind::Agreement, |i| pronoun(i, "Her", "His")),
    word("to her", Slot::Hero, Kind::Agreement, |i| pronoun(i, "her", "him")),
    word("stem", Slot::Surname, Kind::Name, |i| STEMS[i / ENDINGS.len()]),
    word("ending", Slot::Surname, Kind::Name, |i| ENDINGS[i % ENDINGS.len()]),
    word("friend", Slot::Friend, Kind::Name, person),
    word("trait", Slot::Trait, Kind::Thing, |i| TRAITS[i]),
    word("home", Slot::Home, Kind::Thing, |i| HOMES[i]),
    word("relative", Slot::Relative, Kind::Thing, |i| RELATIVES[i]),
    word("trade", Slot::Trade, Kind::Thing, |i| TRADES[i].0),
    word("supper", Slot::Trade, Kind::Thing, |i| TRADES[i].1),
    word("habit", Slot::Habit, Kind::Thing, |i| HABITS[i]),
    word("season", Slot::Season, Kind::Thing, |i| SEASONS[i]),
    word("colour", Slot::Colour, Kind::Thing, |i| COLOURS[i]),
    word("object", Slot::Object, Kind::Thing, |i| OBJECTS[i]),
    word("to place", Slot::Place, Kind::Thing, |i| PLACES[i]),
    word("animal", Slot::Animal, Kind::Thing, |i| ANIMALS[i]),
    word("den", Slot::Den, Kind::Thing, |i| DENS[i]),
    word("promise", Slot::Promise, Kind::Thing, |i| PROMISES[i].0),
    word("promised", Slot::Promise, Kind::Thing, |i| PROMISES[i].1),
    word("hiding", Slot::Hiding, Kind::Thing, |i| HIDINGS[i]),
];

const fn word(name: &'static str, slot: Slot, kind: Kind, text: fn(usize) -> &'static str) -> Word {
    Word { name, slot, kind, text }
}

fn person(index: usize) -> &'static str {
    GIRLS.get(index).copied().unwrap_or_else(|| BOYS[index - GIRLS.len()])
}

fn pronoun(index: usize, girl: &'static str, boy: &'static str) -> &'static str {
    if index < GIRLS.len() { girl } else { boy }
}

/// Where in [`WORDS`] the word `{name}` stands.
pub(crate) fn named(name: &str) -> usize {
    let place = WORDS.iter().position(|word| word.name == name);
    place.unwrap_or_else(|| unreachable!("no word is called {{{name}}}: the tests read every template"))
}

/// The text of `{name}` in a story with this plot.
#[cfg(test)]
pub(crate) fn word_of(name: &str, plot: &super::plot::Plot) -> &'static str {
    let word = &WORDS[named(name)];
    (word.text)(plot.get(word.slot))
}
