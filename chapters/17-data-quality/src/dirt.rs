//! Dirt of five kinds, made from clean stories, so that every label is known.
//!
//! What spoils a text on the web is of many kinds, and nobody has a list of it. Here somebody has:
//! whoever puts the dirt in can say of each filter what it found and what it took for dirt.

use crate::retell::retell;
use language_models::story::beats::STORY;
use language_models::story::{Dials, Grammar, NotAStory, Plot, Slot};
use rand::Rng;
use rand::seq::SliceRandom;

// ANCHOR: dirt
/// What was done to a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dirt {
    /// Its sentences are in any order.
    Shuffled,
    /// At its end the hero comes home to somewhere else than where the story began.
    WrongHome,
    /// Lines of a web page stand before and after it.
    Boilerplate,
    /// Two of its choices are changed: by itself nothing is wrong with it.
    NearCopy,
    /// It is another story, about people with surnames, in which frequent words are more frequent.
    OtherGrammar,
}
// ANCHOR_END: dirt

impl Dirt {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Shuffled, Self::WrongHome, Self::Boilerplate, Self::NearCopy, Self::OtherGrammar];

    /// How many choices of a near copy are changed.
    pub const CHANGED: usize = 2;

    /// What tables and figures call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shuffled => "shuffled sentences",
            Self::WrongHome => "wrong home",
            Self::Boilerplate => "boilerplate",
            Self::NearCopy => "near copy",
            Self::OtherGrammar => "another grammar",
        }
    }

    /// Spoils a story of the default grammar. Like a story, the result ends in an empty line and has
    /// no other.
    ///
    /// # Errors
    /// [`NotAStory`] if the default grammar could not have told it.
    pub fn spoil(self, story: &str, rng: &mut impl Rng) -> Result<String, NotAStory> {
        Ok(match self {
            Self::Shuffled => shuffled(story, rng),
            Self::WrongHome => wrong_home(story, rng)?,
            Self::Boilerplate => boilerplate(story, rng),
            Self::NearCopy => retell(story, Self::CHANGED, rng)?,
            Self::OtherGrammar => other_grammar().tell(rng),
        })
    }
}

/// The grammar that [`Dirt::OtherGrammar`] comes from.
pub fn other_grammar() -> Grammar {
    Grammar::new(Dials { zipf: 1.0, people: 100, seed: 17 }).expect("such dials can be set")
}

/// The sentences in any order; the blanks between them stay where they are.
fn shuffled(story: &str, rng: &mut impl Rng) -> String {
    let text = story.trim_end();
    let (mut sentences, mut blanks, mut start) = (Vec::new(), Vec::new(), 0);
    let bytes = text.as_bytes();
    for at in 1..bytes.len() {
        // A full stop and a closing quotation mark end a sentence, and so does the end of a line.
        let ends = bytes[at] == b'\n'
            || bytes[at] == b' ' && (text[..at].ends_with('.') || text[..at].ends_with(".\""));
        if ends {
            sentences.push(&text[start..at]);
            blanks.push(&text[at..=at]);
            start = at + 1;
        }
    }
    sentences.push(&text[start..]);
    sentences.shuffle(rng);
    blanks.push("\n\n");
    sentences.iter().zip(&blanks).flat_map(|(sentence, blank)| [*sentence, *blank]).collect()
}

/// The story as it was, but that after its first mention the home is another.
fn wrong_home(story: &str, rng: &mut impl Rng) -> Result<String, NotAStory> {
    let grammar = Grammar::default();
    let taken = grammar.read(story)?.choices;
    let (mut plot, mut text) = (Plot::default(), String::new());
    for (&beat, &taken) in STORY.iter().zip(&taken) {
        let offered = grammar.offer(beat, &plot);
        let choice = offered[taken];
        text.push_str(&choice.text(&plot));
        plot = choice.apply(&plot);
        if choice.sets.knows(Slot::Home) {
            let further = rng.gen_range(1..offered.len() as u32) as usize;
            plot = plot.with(Slot::Home, (taken + further) % offered.len());
        }
    }
    Ok(text)
}

/// What stands on web pages around a text.
const FURNITURE: [&str; 12] = [
    "Home | Stories | About us | Contact | Log in",
    "We use cookies to make this page better. Accept all | Settings",
    "Share this story: mail, print, copy link",
    "Subscribe to our newsletter and never miss a story!",
    "You are here: Home > Stories > For children",
    "Advertisement (continue below)",
    "Rate this story: 1 2 3 4 5",
    "Comments (0): be the first to comment",
    "All rights reserved. Terms of use | Privacy | Imprint",
    "Read next: ten stories that you will love",
    "Page loaded in 0.42 seconds",
    "Your browser does not support this player.",
];

/// Three lines of furniture before the story and three after it.
fn boilerplate(story: &str, rng: &mut impl Rng) -> String {
    let lines: Vec<&str> = FURNITURE.choose_multiple(rng, 6).copied().collect();
    format!("{}\n{}\n{}\n\n", lines[..3].join("\n"), story.trim_end(), lines[3..].join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::{read, tell};
    use proptest::prelude::*;
    use tensors::seeds;

    fn spoilt(dirt: Dirt, seed: u64) -> (String, String) {
        let mut rng = seeds::generator(seed);
        let story = tell(&mut rng);
        let spoilt = dirt.spoil(&story, &mut rng).unwrap();
        (story, spoilt)
    }

    fn sorted(words: &str) -> Vec<&str> {
        let mut words: Vec<&str> = words.split_whitespace().collect();
        words.sort_unstable();
        words
    }

    proptest! {
        #[test]
        fn dirt_is_a_text_of_its_own_and_the_same_for_the_same_seed(seed: u64) {
            for dirt in Dirt::ALL {
                let (story, text) = spoilt(dirt, seed);
                prop_assert_eq!(&text, &spoilt(dirt, seed).1);
                prop_assert!(text != story && text.is_ascii(), "{}", text);
                prop_assert_eq!(text.matches("\n\n").count(), 1, "{}", text);
                prop_assert!(text.ends_with("\n\n"));
            }
        }

        #[test]
        fn shuffling_keeps_the_words_and_breaks_the_story(seed: u64) {
            let (story, text) = spoilt(Dirt::Shuffled, seed);
            prop_assert_eq!(sorted(&story), sorted(&text));
            prop_assert!(read(&text).is_err());
        }

        #[test]
        fn only_the_last_mention_of_the_home_is_wrong(seed: u64) {
            let (story, text) = spoilt(Dirt::WrongHome, seed);
            let refused = read(&text).unwrap_err();
            // The grammar follows up to the home at the end: three beats before the last.
            prop_assert_eq!(refused.beat, STORY.len() - 4);
            prop_assert_eq!(&story[..refused.at], &text[..refused.at]);
            let rest = |text: &str| text[refused.at..].split_once([',', '.']).map(|(_, rest)| rest.to_owned());
            prop_assert!(text.len() > refused.at && rest(&text).is_some());
        }

        #[test]
        fn boilerplate_stands_around_the_story(seed: u64) {
            let (story, text) = spoilt(Dirt::Boilerplate, seed);
            prop_assert!(text.contains(story.trim_end()));
            prop_assert_eq!(text.lines().count(), story.lines().count() + 6);
        }

        #[test]
        fn a_near_copy_is_a_story_and_another_grammars_is_not(seed: u64) {
            prop_assert!(read(&spoilt(Dirt::NearCopy, seed).1).is_ok());
            let other = spoilt(Dirt::OtherGrammar, seed).1;
            prop_assert!(read(&other).is_err());
            prop_assert!(other_grammar().read(&other).is_ok());
        }
    }
}
