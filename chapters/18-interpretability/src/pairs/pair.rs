//! Two stories that differ in one choice.

use super::told::{Beats, beats, drawn_at, mentions};
use data_quality::reading::as_read;
use data_quality::retell::retell_at;
use gpt::tokenizer::Tokens;
use language_models::story::{NotAStory, Slot};
use rand::Rng;
use std::ops::Range;
use tokens::Tokenizer;

/// The beginnings of two stories with the same choices but for one, up to the place where the other choice
/// shows for the second time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What was exchanged.
    pub slot: Slot,
    /// Its value in each.
    pub values: [usize; 2],
    /// The tokens of both, as a model reads them: equally many.
    pub texts: [Vec<usize>; 2],
    /// What comes next in each: two different tokens.
    pub next: [usize; 2],
    /// The positions at which the texts differ: the only ones from which it can be known what comes next.
    pub sources: Vec<usize>,
    /// Whether what comes next is the word itself again, in both texts, and not a pronoun or a sentence
    /// that follows from it.
    pub returns: bool,
}

// ANCHOR: pair
/// `story` and the same with another value of `slot`, drawn evenly, if they make a pair: as many tokens, and
/// one place to which the first difference is confined.
///
/// # Errors
/// When `story` is none of the default grammar.
pub fn pair(
    story: &str,
    slot: Slot,
    tokenizer: &Tokens,
    context: usize,
    rng: &mut impl Rng,
) -> Result<Option<Pair>, NotAStory> {
    let beat = drawn_at(slot);
    let other = retell_at(story, &[beat], rng)?;
    let [old, new] = [beats(story)?, beats(&other)?];
    if old.plot.with(slot, 0) != new.plot.with(slot, 0) {
        return Ok(None); // one change has forced another
    }
    let tokens = [story, &other].map(|text| as_read(text, tokenizer, context));
    // A blank at the end of the choice belongs to the next word's token, which may differ as a consequence.
    let words = |text: &str, read: &Beats| {
        let Range { start, end } = read.bytes[beat];
        start..text[..end].trim_end().len()
    };
    let told = [(&tokens[0], words(story, &old)), (&tokens[1], words(&other, &new))]
        .map(|(tokens, bytes)| covering(tokens, &bytes, tokenizer));
    if told[0] != told[1] {
        return Ok(None);
    }
    let differ: Vec<usize> =
        (0..tokens[0].len().min(tokens[1].len())).filter(|&i| tokens[0][i] != tokens[1][i]).collect();
    let (sources, later): (Vec<usize>, Vec<usize>) = differ.into_iter().partition(|i| told[0].contains(i));
    let Some(&second) = later.first() else { return Ok(None) };
    let next = [tokens[0][second], tokens[1][second]];
    let values = [old.plot.get(slot), new.plot.get(slot)];
    let returns = comes_back(story, slot, &tokens[0], second, tokenizer)?
        && comes_back(&other, slot, &tokens[1], second, tokenizer)?;
    let texts = tokens.map(|tokens| tokens[..second].to_vec());
    Ok((!sources.is_empty()).then_some(Pair { slot, values, texts, next, sources, returns }))
}
// ANCHOR_END: pair

/// Whether the token at `position` is one of a later mention of `slot`.
fn comes_back(
    story: &str,
    slot: Slot,
    ids: &[usize],
    position: usize,
    tokenizer: &Tokens,
) -> Result<bool, NotAStory> {
    let later = mentions(story)?.into_iter().filter(|mention| mention.slot == slot).skip(1);
    Ok(later
        .map(|mention| covering(ids, &mention.bytes, tokenizer))
        .any(|tokens| tokens.contains(&position)))
}

/// The tokens that hold any of these bytes of a story, which is read after one token more.
fn covering(ids: &[usize], bytes: &Range<usize>, tokenizer: &Tokens) -> Range<usize> {
    let ends = ends(ids, tokenizer);
    let first = ends.partition_point(|&end| end <= bytes.start);
    let last = ends.partition_point(|&end| end < bytes.end);
    first..(last + 1).min(ids.len())
}

/// Where in the story each token ends; the one that is read before the story ends at 0.
///
/// # Panics
/// When there is no token, or one that the tokenizer does not know.
pub fn ends(ids: &[usize], tokenizer: &Tokens) -> Vec<usize> {
    let length = |&id: &usize| tokenizer.decode(&[id]).expect("its own token").len();
    let mut at = 0;
    let rest = ids[1..].iter().map(|id| {
        at += length(id);
        at
    });
    std::iter::once(0).chain(rest).collect()
}

/// `count` pairs that differ in `slot`, told with `rng`.
///
/// # Panics
/// If next to no story makes a pair.
pub fn pairs(
    slot: Slot,
    count: usize,
    tokenizer: &Tokens,
    context: usize,
    rng: &mut impl Rng,
) -> Vec<Pair> {
    let mut found = Vec::with_capacity(count);
    for _ in 0..1000 * count {
        let story = language_models::story::tell(rng);
        found.extend(pair(&story, slot, tokenizer, context, rng).expect("the grammar reads what it told"));
        if found.len() == count {
            return found;
        }
    }
    panic!("of a thousand stories for each pair that was asked for too few make one: {slot:?}")
}

#[cfg(test)]
mod tests {
    use super::super::told::DRAWN;
    use super::*;
    use language_models::story::tell;
    use tensors::seeds;

    fn tokenizer() -> Tokens {
        let mut rng = seeds::generator(9);
        let text: String = (0..400).map(|_| tell(&mut rng)).collect();
        Tokens::learn(1024, &text).unwrap()
    }

    #[test]
    fn the_sources_are_the_word_and_what_comes_next_is_what_follows_from_it() {
        let tokenizer = tokenizer();
        let mut rng = seeds::generator(3);
        let (mut checked, mut returned) = (0, 0);
        for _ in 0..400 {
            let story = tell(&mut rng);
            let Some(pair) = pair(&story, Slot::Hero, &tokenizer, 600, &mut rng).unwrap() else { continue };
            let ids = as_read(&story, &tokenizer, 600);
            let ends = ends(&ids, &tokenizer);
            // The texts are the story's own beginning, and the sources the name or the *girl* before it.
            assert_eq!(ids[..pair.texts[0].len()], pair.texts[0]);
            let first = mentions(&story).unwrap().into_iter().find(|mention| mention.slot == Slot::Hero);
            let name = first.unwrap().bytes;
            let named = story[..name.start].rfind("called").unwrap() - "girl ".len();
            for &source in &pair.sources {
                let (from, to) = (ends[source - 1], ends[source]);
                assert!(to > named && from < name.end, "{:?}", &story[from..to]);
            }
            assert!(pair.sources.iter().any(|&source| ends[source] > name.start), "the name differs");
            // What follows is the name, or a pronoun if it is a boy's in the place of a girl's.
            let next = &story[ends[pair.texts[0].len() - 1]..ends[pair.texts[0].len()]];
            let is_pronoun =
                ["She", "He", "Her", "His", "her", "him", "his", "she", "he"].contains(&next.trim());
            assert_eq!(pair.returns, !is_pronoun, "{next:?}");
            assert!(pair.returns || pair.values[0] / 20 != pair.values[1] / 20, "{next:?}");
            checked += 1;
            returned += usize::from(pair.returns);
        }
        assert!(checked > 40 && returned > 10 && returned < checked, "{checked} {returned}");
    }

    #[test]
    fn what_comes_next_is_the_word_that_was_exchanged() {
        let tokenizer = tokenizer();
        let text = |ids: &[usize]| String::from_utf8(tokenizer.decode(ids).unwrap()).unwrap();
        let mut checked = 0;
        for pair in pairs(Slot::Animal, 20, &tokenizer, 600, &mut seeds::generator(4)) {
            assert!(pair.returns);
            for (text_of, next) in pair.texts.iter().zip(pair.next) {
                let source: Vec<usize> = pair.sources.iter().map(|&i| text_of[i]).collect();
                // A word of one token comes back as that token.
                if source.len() == 1 {
                    assert_eq!(text(&source), text(&[next]));
                    checked += 1;
                }
            }
        }
        assert!(checked > 10, "{checked}");
    }

    #[test]
    fn nothing_comes_back_of_the_place() {
        // It is told once, and no word after it depends on it.
        let tokenizer = tokenizer();
        let mut rng = seeds::generator(5);
        for _ in 0..10 {
            let story = tell(&mut rng);
            assert_eq!(pair(&story, Slot::Place, &tokenizer, 600, &mut rng).unwrap(), None);
        }
        assert_eq!(DRAWN.iter().filter(|&&slot| slot == Slot::Place).count(), 1);
    }

    #[test]
    fn a_token_belongs_to_the_bytes_it_holds() {
        let tokenizer = Tokens::Bytes;
        let ids = as_read("abcdef", &tokenizer, 64);
        assert_eq!(ends(&ids, &tokenizer), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(covering(&ids, &(1..3), &tokenizer), 2..4);
    }
}
