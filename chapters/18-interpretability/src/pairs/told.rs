//! Where in a story each choice was made, and where its word stands.

use language_models::story::beats::STORY;
use language_models::story::{Choice, Grammar, NotAStory, Plot, Slot};
use std::ops::Range;

/// The slots that stories of the default grammar fill, in the order in which they are told.
pub const DRAWN: [Slot; 16] = [
    Slot::Trait,
    Slot::Hero,
    Slot::Home,
    Slot::Relative,
    Slot::Trade,
    Slot::Friend,
    Slot::Habit,
    Slot::Season,
    Slot::Colour,
    Slot::Object,
    Slot::Place,
    Slot::Weather,
    Slot::Animal,
    Slot::Den,
    Slot::Promise,
    Slot::Hiding,
];

/// What was chosen in a story, and where it was told.
#[derive(Debug, Clone, PartialEq)]
pub struct Beats {
    /// What happened.
    pub plot: Plot,
    /// Which of its choices each beat took.
    pub choices: Vec<usize>,
    /// The bytes that each beat told.
    pub bytes: Vec<Range<usize>>,
}

/// Reads a story beat by beat.
///
/// # Errors
/// When it is none of the default grammar.
pub fn beats(story: &str) -> Result<Beats, NotAStory> {
    let (mut bytes, mut at) = (Vec::with_capacity(STORY.len()), 0);
    let reading = walk(story, |choice, plot| {
        let end = at + choice.text(plot).len();
        bytes.push(at..end);
        at = end;
    })?;
    Ok(Beats { plot: reading.0, choices: reading.1, bytes })
}

/// A place at which a story says the word of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Whose word.
    pub slot: Slot,
    /// Where it stands.
    pub bytes: Range<usize>,
}

/// All mentions in a story, in order. Pronouns say less than the hero's name, and the weather has no word
/// of its own: they are none.
///
/// # Errors
/// When the text is no story of the default grammar.
pub fn mentions(story: &str) -> Result<Vec<Mention>, NotAStory> {
    let (mut mentions, mut at) = (Vec::new(), 0);
    walk(story, |choice, plot| {
        let after = choice.apply(plot);
        for piece in choice.template.split_inclusive('}') {
            let open = piece.find('{').unwrap_or(piece.len());
            let (literal, word) = piece.split_at(open);
            at += literal.len();
            let length = Choice { template: word, sets: Plot::default(), ..*choice }.text(&after).len();
            if let Some(slot) = named(word) {
                mentions.push(Mention { slot, bytes: at..at + length });
            }
            at += length;
        }
    })?;
    Ok(mentions)
}

/// Shows each choice of a story with the plot before it; gives the plot and the choices.
fn walk(story: &str, mut show: impl FnMut(&Choice, &Plot)) -> Result<(Plot, Vec<usize>), NotAStory> {
    let grammar = Grammar::default();
    let reading = grammar.read(story)?;
    let mut plot = Plot::default();
    for (&beat, &taken) in STORY.iter().zip(&reading.choices) {
        let choice = grammar.offer(beat, &plot)[taken];
        show(&choice, &plot);
        plot = choice.apply(&plot);
    }
    Ok((reading.plot, reading.choices))
}

/// The slot whose word `{word}` names.
fn named(word: &str) -> Option<Slot> {
    Some(match word {
        "{hero}" => Slot::Hero,
        "{friend}" => Slot::Friend,
        "{trait}" => Slot::Trait,
        "{home}" => Slot::Home,
        "{relative}" => Slot::Relative,
        "{trade}" | "{supper}" => Slot::Trade,
        "{habit}" => Slot::Habit,
        "{season}" => Slot::Season,
        "{colour}" => Slot::Colour,
        "{object}" => Slot::Object,
        "{to place}" => Slot::Place,
        "{animal}" => Slot::Animal,
        "{den}" => Slot::Den,
        "{promise}" | "{promised}" => Slot::Promise,
        "{hiding}" => Slot::Hiding,
        _ => return None,
    })
}

/// The beat that fills a slot.
///
/// # Panics
/// If none does: [`Slot::Surname`] in the default grammar.
pub fn drawn_at(slot: Slot) -> usize {
    let fills = |beat: &&language_models::story::beats::Beat| beat(&Plot::default())[0].sets.knows(slot);
    let beat = STORY.iter().position(|beat| fills(&beat));
    beat.unwrap_or_else(|| panic!("no beat of the default grammar fills {slot:?}"))
}

/// How many values a slot can have.
pub fn values(slot: Slot) -> usize {
    // The season decides which weathers there can be: in spring all of them. The hero is no friend of
    // hers, so that the friends' list is one longer than what is offered.
    let offered = Grammar::default().offer(STORY[drawn_at(slot)], &Plot::default()).len();
    offered + usize::from(slot == Slot::Friend)
}

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::tell;
    use std::collections::BTreeMap;
    use tensors::seeds;

    fn stories(count: usize) -> Vec<String> {
        let mut rng = seeds::generator(1);
        (0..count).map(|_| tell(&mut rng)).collect()
    }

    #[test]
    fn the_beats_of_a_story_are_the_story() {
        for story in stories(20) {
            let beats = beats(&story).unwrap();
            assert_eq!((beats.bytes[0].start, beats.bytes.last().unwrap().end), (0, story.len()));
            assert!(beats.bytes.windows(2).all(|pair| pair[0].end == pair[1].start));
            let at = drawn_at(Slot::Object);
            assert!(story[beats.bytes[at].clone()].ends_with(". "), "{}", &story[beats.bytes[at].clone()]);
        }
    }

    #[test]
    fn a_mention_says_the_word_of_its_slot_and_of_no_other() {
        // Stories with one value of a slot say one and the same words there; other values other words.
        let mut words: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
        for story in stories(300) {
            let plot = beats(&story).unwrap().plot;
            for Mention { slot, bytes } in mentions(&story).unwrap() {
                let said = words.entry((slot as usize, plot.get(slot))).or_default();
                said.push(story[bytes].to_owned());
            }
        }
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for ((slot, _), mut said) in words {
            said.sort();
            said.dedup();
            // What is promised and what a trade means for supper have a second wording.
            let wordings =
                if [Slot::Promise as usize, Slot::Trade as usize].contains(&slot) { 2 } else { 1 };
            assert!(said.len() <= wordings, "{said:?}");
            for word in said {
                // Heroes and friends share their names.
                let slot = if slot == Slot::Friend as usize { Slot::Hero as usize } else { slot };
                let first = *seen.entry(word.clone()).or_insert(slot);
                assert_eq!(first, slot, "{word}");
            }
        }
    }

    #[test]
    fn every_word_of_a_slot_is_found() {
        for story in stories(50) {
            let found = mentions(&story).unwrap();
            let objects: Vec<_> = found.iter().filter(|mention| mention.slot == Slot::Object).collect();
            assert_eq!(objects.len(), 4, "a present, lost, asked for and found: {story}");
            let homes = found.iter().filter(|mention| mention.slot == Slot::Home).count();
            assert_eq!(homes, 2, "{story}");
        }
        assert!(mentions("It was a dark night.").is_err());
    }

    #[test]
    fn a_slot_has_as_many_values_as_its_list() {
        let counts = DRAWN.map(values);
        assert_eq!(counts, [12, 40, 24, 10, 12, 40, 12, 4, 16, 45, 20, 6, 18, 14, 18, 18]);
        assert!(DRAWN.windows(2).all(|pair| drawn_at(pair[0]) < drawn_at(pair[1])));
    }
}
