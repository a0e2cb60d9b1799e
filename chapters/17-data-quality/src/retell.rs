//! Near copies whose distance is known: a story is told again with some of its choices changed.
//!
//! A story of chapter 6 is a list of choices, one for each beat. Change k of them, tell the rest as
//! before, and what comes out is a story of the grammar again that shares most of its text with the
//! first. A changed name is changed wherever it occurs, as when somebody rewrites a page.

use language_models::story::beats::STORY;
use language_models::story::{Choice, Grammar, NotAStory, Plot};
use rand::Rng;
use rand::seq::index;

/// How many choices a story has.
pub const CHOICES: usize = STORY.len();

// ANCHOR: retell
/// `story` with `changed` of its choices replaced by others of the same beat, drawn evenly.
///
/// A choice that the new story does not offer is replaced as well: after a summer evening it cannot
/// snow, and nobody is her own friend.
///
/// # Errors
/// [`NotAStory`] if the default grammar could not have told it.
///
/// # Panics
/// If more than [`CHOICES`] are to be changed.
pub fn retell(story: &str, changed: usize, rng: &mut impl Rng) -> Result<String, NotAStory> {
    let beats = index::sample(rng, CHOICES, changed).into_vec();
    retell_at(story, &beats, rng)
}

/// The same, with the choices at these places of [`STORY`] replaced.
///
/// # Errors
/// [`NotAStory`] if the default grammar could not have told it.
pub fn retell_at(story: &str, changed: &[usize], rng: &mut impl Rng) -> Result<String, NotAStory> {
    let grammar = Grammar::default();
    let taken = grammar.read(story)?.choices;
    let (mut old, mut new, mut text) = (Plot::default(), Plot::default(), String::new());
    for (i, &beat) in STORY.iter().enumerate() {
        let told = grammar.offer(beat, &old)[taken[i]];
        let offered = grammar.offer(beat, &new);
        let kept = place(&told, taken[i], &offered);
        let choice = match kept {
            Some(kept) if !changed.contains(&i) => offered[kept],
            _ => another(&offered, kept, rng),
        };
        text.push_str(&choice.text(&new));
        (old, new) = (told.apply(&old), choice.apply(&new));
    }
    Ok(text)
}
// ANCHOR_END: retell

/// Where the choice that was told stands among those that are offered now: a word is the same word, a
/// sentence the one at the same place of its list.
fn place(told: &Choice, at: usize, offered: &[Choice]) -> Option<usize> {
    if told.sets == Plot::default() {
        (at < offered.len()).then_some(at)
    } else {
        offered.iter().position(|choice| choice.sets == told.sets)
    }
}

/// One of the choices, but not the one at `except`.
fn another(offered: &[Choice], except: Option<usize>, rng: &mut impl Rng) -> Choice {
    let others: Vec<&Choice> = offered
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != except)
        .map(|(_, choice)| choice)
        .collect();
    *others[rng.gen_range(0..others.len() as u32) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::{read, tell};
    use proptest::prelude::*;
    use tensors::seeds;

    proptest! {
        #[test]
        fn a_retold_story_is_a_story_that_differs_in_so_many_choices(seed: u64, changed in 0_usize..=CHOICES) {
            let mut rng = seeds::generator(seed);
            let story = tell(&mut rng);
            let again = retell(&story, changed, &mut rng).unwrap();
            let (old, new) = (read(&story).unwrap(), read(&again).unwrap());
            // Indices can agree where the lists differ, and one change can force another or two:
            // the friend, the weather. So the count of indices that differ is only near to `changed`.
            let differ = old.choices.iter().zip(&new.choices).filter(|(a, b)| a != b).count();
            prop_assert!((changed.saturating_sub(4)..=changed + 4).contains(&differ), "{differ} for {changed}");
            prop_assert_eq!(changed == 0, story == again);
        }
    }

    #[test]
    fn who_is_renamed_is_renamed_everywhere() {
        let mut rng = seeds::generator(5);
        for _ in 0..50 {
            let story = tell(&mut rng);
            let again = retell(&story, 20, &mut rng).unwrap();
            // Were one mention left as it was, the grammar could not read the story.
            assert!(read(&again).is_ok(), "{again}");
        }
        assert!(retell("Once upon a time it rained.", 1, &mut rng).is_err());
    }
}
