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

use crate::hash::Table;
use crate::normalise::words;

/// A run of one, two or three characters as one number: 21 bits are room for any character.
type Run = u64;

/// Knows some languages by their runs of characters.
#[derive(Debug, Clone)]
pub struct Guesser {
    names: Vec<String>,
    /// Each run's row in `logs`.
    rows: Table<Run, usize>,
    /// The logarithm of a run's probability in each language, row after row.
    logs: Vec<f64>,
}

// ANCHOR: guess
impl Guesser {
    /// Counts the runs of a text of each language, given with its name.
    pub fn train<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let (names, texts): (Vec<&str>, Vec<&str>) = texts.into_iter().unzip();
        let (mut rows, mut counts) = (Table::default(), Vec::new());
        let mut all = vec![0.0; names.len()];
        for (language, text) in texts.into_iter().enumerate() {
            for run in runs(text) {
                let new = rows.len();
                let row = *rows.entry(run).or_insert(new);
                counts.resize(rows.len() * names.len(), 0.0);
                counts[row * names.len() + language] += 1.0;
                all[language] += 1.0;
            }
        }
        let half = 0.5 * rows.len() as f64;
        let log = |(count, all): (&f64, &f64)| ((count + 0.5) / (all + half)).ln();
        let logs = counts.iter().zip(all.iter().cycle()).map(log).collect();
        Self { names: names.into_iter().map(str::to_owned).collect(), rows, logs }
    }

    /// The likeliest language of `text`; none where no run of it was ever seen.
    pub fn guess(&self, text: &str) -> Option<&str> {
        let (mut scores, mut known) = (vec![0.0; self.names.len()], false);
        for row in runs(text).iter().filter_map(|run| self.rows.get(run)) {
            let logs = &self.logs[row * scores.len()..][..scores.len()];
            scores.iter_mut().zip(logs).for_each(|(score, log)| *score += log);
            known = true;
        }
        let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
        known.then_some(self.names[best].as_str())
    }
    // ANCHOR_END: guess

    /// Seven languages, each by the two lines of it that chapter 4 has. `languages` is that file: eight
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
fn runs(text: &str) -> Vec<Run> {
    let blank = u64::from(' ');
    let mut characters = vec![blank];
    for word in words(text) {
        characters.extend(word.chars().map(u64::from));
        characters.push(blank);
    }
    let mut runs = Vec::with_capacity(3 * characters.len());
    for length in 1..=3 {
        let run = |part: &[u64]| part.iter().fold(0, |run, character| run << 21 | character);
        runs.extend(characters.windows(length).map(run).filter(|&run| run != blank));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::borrow::Cow;
    use std::collections::{BTreeMap, BTreeSet};

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
    fn who_knows_seven_languages_takes_a_dutch_sentence_for_one_of_them() {
        let guesser = Guesser::of_chapter_4(SENTENCES);
        assert!(guesser.guess("Mijn broer wil morgen op de markt appels kopen.").is_some());
    }

    /// The runs as lists of characters, a copy of the text for each step.
    fn plain(text: &str) -> Vec<Vec<char>> {
        let words: Vec<String> = words(text).map(Cow::into_owned).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let text: Vec<char> = format!(" {} ", words.join(" ")).chars().collect();
        let runs = (1..=3).flat_map(|length| text.windows(length).map(<[char]>::to_vec));
        runs.filter(|run| *run != [' ']).collect()
    }

    proptest! {
        #[test]
        fn a_number_stands_for_a_run(a in any::<String>(), b in "[a-c A猫𠀀\0]{0,30}") {
            let list = |run: Run| -> Vec<char> {
                let characters = [run >> 42, run >> 21, run].map(|c| (c & 0x1f_ffff) as u32);
                characters.into_iter().filter(|&c| c > 0).map(|c| char::from_u32(c).unwrap()).collect()
            };
            for text in [a, b] {
                prop_assert_eq!(runs(&text).into_iter().map(list).collect::<Vec<_>>(), plain(&text));
            }
        }
    }

    #[test]
    fn scores_are_the_sums_of_the_plain_way() {
        // Counts in a map from lists of characters, and for each language the formula, run by run.
        let lines: Vec<&str> = SENTENCES.lines().collect();
        let guesser = Guesser::of_chapter_4(SENTENCES);
        let texts = |i: usize| lines.iter().skip(i).step_by(8).copied().collect::<String>();
        let counts: Vec<BTreeMap<Vec<char>, usize>> = (0..LANGUAGES.len())
            .map(|i| {
                plain(&texts(i)).into_iter().fold(BTreeMap::new(), |mut counts, run| {
                    *counts.entry(run).or_default() += 1;
                    counts
                })
            })
            .collect();
        let different: BTreeSet<&Vec<char>> = counts.iter().flat_map(BTreeMap::keys).collect();
        // Sentences, and all their beginnings: of these some are in doubt.
        let ends = |text: &'static str| text.char_indices().skip(1).map(move |(end, _)| &text[..end]);
        for sentence in NEW.into_iter().flat_map(|(_, text)| ends(text).chain([text])) {
            if plain(sentence).iter().all(|run| !different.contains(run)) {
                continue;
            }
            let score = |counts: &BTreeMap<Vec<char>, usize>| -> f64 {
                let all = counts.values().sum::<usize>() as f64 + 0.5 * different.len() as f64;
                let known = plain(sentence).into_iter().filter(|run| different.contains(run));
                known.map(|run| ((counts.get(&run).copied().unwrap_or(0) as f64 + 0.5) / all).ln()).sum()
            };
            let scores: Vec<f64> = counts.iter().map(score).collect();
            let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap();
            assert_eq!(guesser.guess(sentence), Some(LANGUAGES[best]), "{sentence}: {scores:?}");
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
        assert_eq!(runs("A!").len(), 4);
        // "b b" has five: " b", " b ", "b", "b ", "b b".
        assert_eq!((guesser.rows.len(), guesser.logs.len()), (4 + 5, 2 * (4 + 5)));
        let [one, other] = guesser.logs[2 * guesser.rows[&u64::from('a')]..][..2] else {
            unreachable!("two languages")
        };
        assert_eq!((one, other), ((1.5_f64 / 8.5).ln(), (0.5_f64 / 13.5).ln()));
        assert_eq!(guesser.guess("a b b"), Some("second"));
        assert_eq!(guesser.guess("a a b"), Some("first"));
    }
}
