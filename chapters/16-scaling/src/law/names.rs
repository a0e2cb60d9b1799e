//! What guessing costs: a yardstick for what models pay for the names that were told before.

use super::exam::{Cost, Marks};
use language_models::story::beats::STORY;
use language_models::story::{Grammar, KINDS, Kind, Plot};

/// What an exam's names, told before, cost a model.
///
/// # Panics
/// Never: names are one of the kinds.
pub fn paid(marks: &Marks) -> Cost {
    let place = KINDS.iter().position(|(kind, _)| *kind == Kind::Name).expect("names are a kind");
    marks.kinds[place]
}

/// The grammar's first names.
pub fn names() -> Vec<String> {
    // The hero is named after the opening and the trait: "girl called Anna. ".
    let heroes = Grammar::default().offer(STORY[2], &Plot::default()).into_owned();
    let text = heroes.iter().map(|hero| hero.text(&Plot::default()));
    text.filter_map(|text| Some(text.trim_end_matches(". ").rsplit(' ').next()?.to_owned())).collect()
}

/// Bits that one name costs whoever knows the grammar's first names, but not which were told: log₂ of how
/// many they are.
pub fn guess() -> f64 {
    (names().len() as f64).log2()
}
