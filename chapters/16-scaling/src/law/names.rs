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

/// Bits that one name costs whoever knows the grammar's first names, but not which were told: log₂ of how
/// many they are.
pub fn guess() -> f64 {
    // The hero is named after the opening and the trait.
    (Grammar::default().offer(STORY[2], &Plot::default()).len() as f64).log2()
}

#[cfg(test)]
mod tests {
    use super::super::exam::text;
    use super::super::sizes::VOCABULARY;
    use super::super::stories::Stories;
    use super::*;
    use gpt::corpus::{Source, Text};
    use gpt::evaluate::questions;
    use gpt::tokenizer::Tokens;

    #[test]
    fn a_name_that_is_told_again_is_one_token() {
        // So that what names cost can be set beside as many guesses, each of one name out of forty.
        let tokenizer = Tokens::learn(VOCABULARY, &Text::load(&Source::Stories).unwrap().train).unwrap();
        let heroes = Grammar::default().offer(STORY[2], &Plot::default()).into_owned();
        let called = heroes.iter().map(|hero| hero.text(&Plot::default()));
        let names: Vec<String> =
            called.map(|text| text.trim_end_matches(". ").rsplit(' ').next().unwrap().to_owned()).collect();
        assert_eq!((names.len(), guess()), (40, 40_f64.log2()));
        let (mut stories, mut asked) = (Stories::new(102, &tokenizer), 0);
        for _ in 0..50 {
            let tokens = &stories.tokens()[1..];
            let told = questions(&text(tokens, &tokenizer), tokens, &tokenizer).unwrap();
            for (token, question) in tokens.iter().zip(told) {
                if question.kind == Kind::Name {
                    let told = text(&[*token], &tokenizer);
                    let word = told.trim_matches(|c: char| !c.is_alphabetic());
                    assert!(names.iter().any(|name| name == word), "{told:?} is no name");
                    asked += 1;
                }
            }
        }
        assert!(asked > 50 * 5, "{asked} names");
    }
}
