//! Reading: from a text back to the choices that made it, with the probability of every character.

use super::beats::STORY;
use super::choice::Choice;
use super::grammar::Grammar;
use super::plot::Plot;
use thiserror::Error;

/// A story that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What happened in it.
    pub plot: Plot,
    /// Which choice was taken at each beat.
    pub choices: Vec<usize>,
    /// −log₂ p of each character given all before it, in bits: one number for each byte of the
    /// story.
    pub bits: Vec<f64>,
}

/// Where a text stops being a story of the grammar.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the grammar cannot continue at byte {at} (beat {beat} of {})", STORY.len())]
pub struct NotAStory {
    /// The first byte that no choice explains.
    pub at: usize,
    /// The beat that was being read.
    pub beat: usize,
}

impl Grammar {
    /// Reads one story from the beginning of `text`, which may go on after it.
    ///
    /// # Errors
    /// [`NotAStory`] where the text leaves the grammar.
    pub fn read(&self, text: &str) -> Result<Reading, NotAStory> {
        let mut reading = Reading { plot: Plot::default(), choices: Vec::new(), bits: Vec::new() };
        for (beat, &offer) in STORY.iter().enumerate() {
            let start = reading.bits.len();
            let choices = self.offer(offer, &reading.plot);
            let (taken, bits) = read_choice(&choices, &reading.plot, &text.as_bytes()[start..])
                .map_err(|at| NotAStory { at: start + at, beat })?;
            reading.bits.extend(bits);
            reading.plot = choices[taken].apply(&reading.plot);
            reading.choices.push(taken);
        }
        Ok(reading)
    }

    /// −log₂ p of every byte of a text made of whole stories: the loss of a perfect model, which no
    /// model can beat on average.
    ///
    /// # Errors
    /// [`NotAStory`], with the position counted from the beginning of `text`.
    pub fn read_all(&self, text: &str) -> Result<Vec<f64>, NotAStory> {
        let mut bits = Vec::with_capacity(text.len());
        while bits.len() < text.len() {
            let at = bits.len();
            let story = self.read(&text[at..]).map_err(|error| NotAStory { at: at + error.at, ..error })?;
            bits.extend(story.bits);
        }
        Ok(bits)
    }

    /// How many of the stories in `text` (parted by empty lines) the grammar could have told, and
    /// how many there are. A last story that is cut off is not counted.
    pub fn count_stories(&self, text: &str) -> (usize, usize) {
        let whole = text.rfind("\n\n").map_or("", |end| &text[..end + 2]);
        let stories = whole.split_inclusive("\n\n").filter(|story| !story.trim().is_empty());
        stories.fold((0, 0), |(told, all), story| (told + usize::from(self.read(story).is_ok()), all + 1))
    }
}

// ANCHOR: read
/// Which of the choices of a beat `text` begins with, and the bits of each of its bytes; or the
/// first byte that none of them explains.
///
/// The choices that agree with the text so far are kept. Before a character their weights sum to
/// `before`, after it the weights of those that agree with it too sum to `after`: its probability
/// is `after / before`. When one choice is left and all its text is read, the beat is over.
pub(crate) fn read_choice(
    choices: &[Choice],
    plot: &Plot,
    text: &[u8],
) -> Result<(usize, Vec<f64>), usize> {
    let texts: Vec<String> = choices.iter().map(|choice| choice.text(plot)).collect();
    let mut alive: Vec<usize> = (0..choices.len()).collect();
    let weight = |alive: &[usize]| alive.iter().map(|&i| choices[i].weight).sum::<f64>();
    let mut bits = Vec::new();
    loop {
        let at = bits.len();
        if let Some(&done) = alive.iter().find(|&&i| texts[i].len() == at) {
            return Ok((done, bits));
        }
        let before = weight(&alive);
        alive.retain(|&i| text.get(at) == Some(&texts[i].as_bytes()[at]));
        if alive.is_empty() {
            return Err(at);
        }
        bits.push((before / weight(&alive)).log2());
    }
}
// ANCHOR_END: read

/// [`Grammar::read`] for the default grammar.
///
/// # Errors
/// [`NotAStory`] where the text leaves the grammar.
pub fn read(text: &str) -> Result<Reading, NotAStory> {
    Grammar::default().read(text)
}

/// [`Grammar::read_all`] for the default grammar.
///
/// # Errors
/// [`NotAStory`], with the position counted from the beginning of `text`.
pub fn read_all(text: &str) -> Result<Vec<f64>, NotAStory> {
    Grammar::default().read_all(text)
}

/// [`Grammar::count_stories`] for the default grammar.
pub fn count_stories(text: &str) -> (usize, usize) {
    Grammar::default().count_stories(text)
}

#[cfg(test)]
mod tests {
    use super::super::tell;
    use super::*;
    use proptest::prelude::*;
    use tensors::seeds;

    proptest! {
        #[test]
        fn reading_a_told_story_gives_back_its_choices(seed: u64) {
            let story = tell(&mut seeds::generator(seed));
            let reading = read(&story).unwrap();
            // Telling the choices that were read gives the same text again: text and choices
            // determine each other.
            let mut plot = Plot::default();
            let mut again = String::new();
            for (beat, &taken) in STORY.iter().zip(&reading.choices) {
                let choice = &beat(&plot)[taken];
                again.push_str(&choice.text(&plot));
                plot = choice.apply(&plot);
            }
            prop_assert_eq!(&again, &story);
            prop_assert_eq!(plot, reading.plot);
            // The characters' bits add up to the choices' bits (chain rule).
            let mut plot = Plot::default();
            let mut total = 0.0;
            for (beat, &taken) in STORY.iter().zip(&reading.choices) {
                let choices = beat(&plot);
                let all: f64 = choices.iter().map(|c| c.weight).sum();
                total -= (choices[taken].weight / all).log2();
                plot = choices[taken].apply(&plot);
            }
            prop_assert!((reading.bits.iter().sum::<f64>() - total).abs() < 1e-9);
        }

        #[test]
        fn no_text_of_a_beat_begins_another(seed: u64) {
            let choices = read(&tell(&mut seeds::generator(seed))).unwrap().choices;
            let mut plot = Plot::default();
            for (beat, &taken) in STORY.iter().zip(&choices) {
                let choices = beat(&plot);
                let mut texts: Vec<String> = choices.iter().map(|choice| choice.text(&plot)).collect();
                let here = choices[taken].apply(&plot);
                texts.sort();
                for pair in texts.windows(2) {
                    prop_assert!(!pair[1].starts_with(&pair[0]), "{pair:?}");
                }
                plot = here;
            }
        }

        #[test]
        fn a_damaged_story_is_refused_where_it_is_damaged(seed: u64, place in 0.0..1.0) {
            let story = tell(&mut seeds::generator(seed));
            let at = (place * story.len() as f64) as usize;
            let damaged = format!("{}#{}", &story[..at], &story[at + 1..]);
            prop_assert_eq!(read(&damaged).unwrap_err().at, at);
        }
    }

    #[test]
    fn only_whole_stories_are_counted() {
        let story = tell(&mut seeds::generator(0));
        assert_eq!(count_stories(&format!("{story}Once there was nothing.\n\n{}", &story[..50])), (1, 2));
        assert_eq!(count_stories(""), (0, 0));
    }
}
