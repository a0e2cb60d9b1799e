//! Guessing the language of a text by its letters.
//!
//! Runs of one, two and three characters are as good as a fingerprint: " th" and "he " are English,
//! "sch" is German. Count them in a little text of each language, then ask under whose counts a new text
//! is likeliest (Cavnar and Trenkle 1994 compared ranks of such runs; we multiply probabilities, as
//! naive Bayes does):
//!
//! log P(text | language) = Σ over runs g of log ((count(g) + ½) / (all + ½ V))
//!
//! V is the number of different runs in all the languages together. The runs of a text overlap, so the
//! product is no true probability; only the order of the languages is used.

use crate::normalise::words;
use std::collections::{HashMap, HashSet};

/// A run of at most three characters; shorter ones are filled up with 0.
type Run = [char; 3];

/// What was counted in the text of one language.
#[derive(Debug, Clone)]
struct Profile {
    name: String,
    counts: HashMap<Run, u32>,
    all: u32,
}

/// Knows some languages by their runs of characters.
#[derive(Debug, Clone)]
pub struct Guesser {
    profiles: Vec<Profile>,
    /// How many different runs there are in all of them.
    different: usize,
}

// ANCHOR: guess
impl Guesser {
    /// Counts the runs of a text of each language, given with its name.
    pub fn train<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let profile = |(name, text): (&str, &str)| {
            let mut counts = HashMap::new();
            runs(text).for_each(|run| *counts.entry(run).or_default() += 1);
            Profile { name: name.to_owned(), all: counts.values().sum(), counts }
        };
        let profiles: Vec<Profile> = texts.into_iter().map(profile).collect();
        let different =
            profiles.iter().flat_map(|profile| profile.counts.keys()).collect::<HashSet<_>>().len();
        Self { profiles, different }
    }

    /// The likeliest language of `text`; none where no run of it was ever seen.
    pub fn guess(&self, text: &str) -> Option<&str> {
        let runs: Vec<Run> = runs(text).filter(|run| self.knows(run)).collect();
        let score = |profile: &Profile| {
            let all = f64::from(profile.all) + 0.5 * self.different as f64;
            let count = |run| f64::from(profile.counts.get(run).copied().unwrap_or(0));
            runs.iter().map(|run| ((count(run) + 0.5) / all).ln()).sum::<f64>()
        };
        let best = self.profiles.iter().max_by(|a, b| score(a).total_cmp(&score(b)));
        best.filter(|_| !runs.is_empty()).map(|profile| profile.name.as_str())
    }
    // ANCHOR_END: guess

    fn knows(&self, run: &Run) -> bool {
        self.profiles.iter().any(|profile| profile.counts.contains_key(run))
    }

    /// Six languages, each by the two lines of it that chapter 4 has. `languages` is that file: eight
    /// lines that say the same, the last of them in emoji, and eight more.
    pub fn of_chapter_4(languages: &str) -> Self {
        let lines: Vec<&str> = languages.lines().collect();
        let texts: Vec<String> = (0..LANGUAGES.len())
            .map(|i| lines.iter().skip(i).step_by(8).copied().collect::<String>())
            .collect();
        Self::train(LANGUAGES.into_iter().zip(texts.iter().map(String::as_str)))
    }
}

/// The languages of chapter 4, in the order of its lines.
pub const LANGUAGES: [&str; 7] = ["English", "German", "French", "Chinese", "Arabic", "Hindi", "Russian"];

/// The runs of one, two and three characters of a text's words, which stand between blanks.
fn runs(text: &str) -> impl Iterator<Item = Run> {
    let text: Vec<char> = format!(" {} ", words(text).join(" ")).chars().collect();
    (0..text.len())
        .flat_map(move |at| {
            let filled = |length: usize| {
                let mut run = ['\0'; 3];
                run[..length].copy_from_slice(text.get(at..at + length)?);
                Some(run)
            };
            [filled(1), filled(2), filled(3)]
        })
        .flatten()
        .filter(|run| *run != [' ', '\0', '\0'])
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCES: &str = include_str!("../../04-tokens/corpora/languages.txt");

    /// Sentences that the guesser has not read.
    const NEW: [(&str, &str); 14] = [
        ("English", "My brother wants to buy three apples at the market tomorrow."),
        ("English", "They walked along the river until the sun was gone."),
        ("German", "Mein Bruder möchte morgen auf dem Markt drei Äpfel kaufen."),
        ("German", "Sie gingen am Fluss entlang, bis die Sonne verschwunden war."),
        ("French", "Mon frère veut acheter trois pommes au marché demain."),
        ("French", "Ils ont marché le long de la rivière jusqu’au coucher du soleil."),
        ("Chinese", "我哥哥明天想在市场上买三个苹果。"),
        ("Chinese", "他们沿着河走,直到太阳下山。"),
        ("Arabic", "يريد أخي أن يشتري ثلاث تفاحات من السوق غدا."),
        ("Arabic", "مشوا على طول النهر حتى غابت الشمس."),
        ("Hindi", "मेरा भाई कल बाज़ार से तीन सेब खरीदना चाहता है।"),
        ("Hindi", "वे सूरज डूबने तक नदी के किनारे चलते रहे।"),
        ("Russian", "Мой брат хочет завтра купить на рынке три яблока."),
        ("Russian", "Они шли вдоль реки, пока солнце не село."),
    ];

    #[test]
    fn two_lines_of_a_language_are_enough_for_a_new_sentence() {
        let guesser = Guesser::of_chapter_4(SENTENCES);
        for (language, sentence) in NEW {
            assert_eq!(guesser.guess(sentence), Some(language), "{sentence}");
        }
    }

    #[test]
    fn what_no_language_writes_is_none() {
        let guesser = Guesser::of_chapter_4(SENTENCES);
        assert_eq!(guesser.guess("🐱💤 – …!"), None);
        assert_eq!(guesser.guess("გამარჯობა"), None, "Georgian is none of the seven");
        assert_eq!(guesser.guess(""), None);
    }

    #[test]
    fn a_score_is_what_its_formula_says() {
        // "a" has the runs " a", " a ", "a", "a ", of which the second text has none.
        let guesser = Guesser::train([("first", "a"), ("second", "b b")]);
        assert_eq!(runs("A!").count(), 4);
        // "b b" has five: " b", " b ", "b", "b ", "b b".
        assert_eq!(guesser.different, 4 + 5);
        assert_eq!(guesser.guess("a b b"), Some("second"));
        assert_eq!(guesser.guess("a a b"), Some("first"));
    }
}
