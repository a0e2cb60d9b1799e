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
use std::collections::HashMap;

/// A run of at most three characters; shorter ones are filled up with 0.
type Run = [char; 3];

/// Knows some languages by their runs of characters.
#[derive(Debug, Clone)]
pub struct Guesser {
    names: Vec<String>,
    /// For each run of any of them the logarithm of its probability in each.
    logs: HashMap<Run, Vec<f64>>,
}

// ANCHOR: guess
impl Guesser {
    /// Counts the runs of a text of each language, given with its name.
    pub fn train<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let (names, texts): (Vec<&str>, Vec<&str>) = texts.into_iter().unzip();
        let mut counts: HashMap<Run, Vec<f64>> = HashMap::new();
        let mut all = vec![0.0; names.len()];
        for (language, text) in texts.into_iter().enumerate() {
            for run in runs(text) {
                counts.entry(run).or_insert_with(|| vec![0.0; names.len()])[language] += 1.0;
                all[language] += 1.0;
            }
        }
        let half = 0.5 * counts.len() as f64;
        let log = |(count, all): (f64, f64)| ((count + 0.5) / (all + half)).ln();
        let logs = |counts: Vec<f64>| counts.into_iter().zip(all.iter().copied()).map(log).collect();
        Self {
            logs: counts.into_iter().map(|(run, counts)| (run, logs(counts))).collect(),
            names: names.into_iter().map(str::to_owned).collect(),
        }
    }

    /// The likeliest language of `text`; none where no run of it was ever seen.
    pub fn guess(&self, text: &str) -> Option<&str> {
        let (mut scores, mut known) = (vec![0.0; self.names.len()], false);
        for logs in runs(text).iter().filter_map(|run| self.logs.get(run)) {
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
    let text: Vec<char> = format!(" {} ", words(text).join(" ")).chars().collect();
    let mut runs = Vec::with_capacity(3 * text.len());
    for length in 1..=3 {
        for part in text.windows(length) {
            let mut run = ['\0'; 3];
            run[..length].copy_from_slice(part);
            runs.push(run);
        }
    }
    runs.retain(|run| *run != [' ', '\0', '\0']);
    runs
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
        assert_eq!(runs("A!").len(), 4);
        // "b b" has five: " b", " b ", "b", "b ", "b b".
        assert_eq!(guesser.logs.len(), 4 + 5);
        let [one, other] = guesser.logs[&['a', '\0', '\0']][..] else { unreachable!("two languages") };
        assert_eq!((one, other), ((1.5_f64 / 8.5).ln(), (0.5_f64 / 13.5).ln()));
        assert_eq!(guesser.guess("a b b"), Some("second"));
        assert_eq!(guesser.guess("a a b"), Some("first"));
    }
}
