//! All of it in a row: what comes in, what is left, and what became of the rest.
//!
//! A copy is a copy in any language, so that comes first. The language comes before rules about words and
//! the two models, which are made for one. What is known of kept texts is asked last. A text that is kept
//! is written at once, and what is remembered of it has a fixed size: the memory does not depend on how
//! much is read.

use crate::bloom::Bloom;
use crate::decontaminate::HeldOut;
use crate::document::{ReadError, Refusal};
use crate::hash::hash;
use crate::language::Guesser;
use crate::linear::Linear;
use crate::near::{Bands, Seen};
use crate::normalise::{normalise, words};
use crate::perplexity::Perplexity;
use crate::rules::{Broken, Rules, keep_sentences};
use crate::shingles::shingles;
use std::collections::BTreeMap;
use std::fmt;

/// Why a text is not in the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dropped {
    /// It could not be read.
    Refused(Refusal),
    /// It is written in another language.
    Language,
    /// It breaks a rule.
    Rule(Broken),
    /// Its words have been read before.
    Copy,
    /// It has a band in common with a text that was kept.
    NearCopy,
    /// A model of good text is too surprised by it.
    Perplexity,
    /// The classifier takes it for bad.
    Classifier,
    /// It has too much in common with the test.
    Test,
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "refused: {refusal}"),
            Self::Language => write!(f, "another language"),
            Self::Rule(broken) => write!(f, "rule: {broken}"),
            Self::Copy => write!(f, "copy"),
            Self::NearCopy => write!(f, "near copy"),
            Self::Perplexity => write!(f, "perplexity"),
            Self::Classifier => write!(f, "classifier"),
            Self::Test => write!(f, "in the test"),
        }
    }
}

// ANCHOR: settings
/// What is asked of a text. What is `None` is not asked.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The guesser, and the language that is kept.
    pub language: Option<(Guesser, String)>,
    /// Whether lines that do not end like a sentence are taken out.
    pub sentences: bool,
    /// Rules by length and look.
    pub rules: Option<Rules>,
    /// The model of good text, and the most bits a byte.
    pub perplexity: Option<(Perplexity, f64)>,
    /// The classifier, and the least score.
    pub classifier: Option<(Linear, f64)>,
    /// The test, and the largest share of runs in common.
    pub held_out: Option<(HeldOut, f64)>,
}

/// Words in a shingle: FineWeb's number (Penedo et al. 2024).
pub const SHINGLE: usize = 5;

/// What copies have in common: the hash of a text's words.
pub fn key(text: &str) -> u64 {
    hash(words(text).collect::<Vec<_>>().join(" ").as_bytes())
}

/// Takes one text after another.
///
/// ```
/// use data_quality::near::Bands;
/// use data_quality::pipeline::{Pipeline, Settings};
/// let mut pipeline = Pipeline::new(Settings::default(), Bands::FINEWEB, 1, 1);
/// for i in 0..3 {
///     pipeline.take(Ok(format!("Text number {i}."))).unwrap();
/// }
/// // Room for one text, and three are in.
/// assert!((0.3..0.6).contains(&pipeline.false_positive()));
/// ```
#[derive(Debug)]
pub struct Pipeline {
    settings: Settings,
    copies: Bloom,
    near: Seen,
    report: Report,
}
// ANCHOR_END: settings

// ANCHOR: against
impl Settings {
    /// What there is against a text by itself: the first answer to what is asked of it.
    fn against(&self, text: &str) -> Option<Dropped> {
        let language = || {
            let (guesser, wanted) = self.language.as_ref()?;
            (guesser.guess(text) != Some(wanted)).then_some(Dropped::Language)
        };
        let rule = || Some(Dropped::Rule(self.rules.as_ref()?.broken(text)?));
        let perplexity = || {
            let (model, most) = self.perplexity.as_ref()?;
            (model.bits(text) > *most).then_some(Dropped::Perplexity)
        };
        let classifier = || {
            let (classifier, least) = self.classifier.as_ref()?;
            (classifier.score(text) < *least).then_some(Dropped::Classifier)
        };
        let test = || {
            let (held_out, most) = self.held_out.as_ref()?;
            (held_out.overlap(text) > *most).then_some(Dropped::Test)
        };
        language().or_else(rule).or_else(perplexity).or_else(classifier).or_else(test)
    }
}
// ANCHOR_END: against

impl Pipeline {
    /// Room for `texts` that are kept. With more it goes on, and takes more new texts for copies.
    pub fn new(settings: Settings, bands: Bands, texts: usize, seed: u64) -> Self {
        let (copies, near) = (Bloom::new(texts, 1e-6), Seen::new(bands, texts, seed));
        Self { settings, copies, near, report: Report::default() }
    }

    // ANCHOR: take
    /// The clean text, if it is to be kept; and counts what becomes of it.
    ///
    /// # Errors
    /// [`ReadError::Io`]: the file ends there. A refused document is counted, and is no error.
    pub fn take(&mut self, read: Result<String, ReadError>) -> Result<Option<String>, ReadError> {
        let judged = match read {
            Ok(text) => self.judge(&text),
            Err(ReadError::Refused { why, .. }) => Err(Dropped::Refused(why)),
            Err(error) => return Err(error),
        };
        match judged {
            Ok(text) => {
                self.report.kept += 1;
                self.report.bytes += text.len() as u64;
                Ok(Some(text))
            }
            Err(dropped) => {
                *self.report.dropped.entry(dropped).or_default() += 1;
                Ok(None)
            }
        }
    }

    /// The clean text, or why it is dropped.
    ///
    /// # Errors
    /// The first reason that applies.
    pub fn judge(&mut self, text: &str) -> Result<String, Dropped> {
        let mut text = normalise(text);
        if self.settings.sentences {
            text = keep_sentences(&text);
        }
        if text.is_empty() {
            return Err(Dropped::Refused(Refusal::Empty));
        }
        let key = key(&text);
        if self.copies.contains(key) {
            return Err(Dropped::Copy);
        }
        if let Some(why) = self.settings.against(&text) {
            return Err(why);
        }
        // A text is remembered last, so that what is dropped does not shut out a good text that is like it.
        if !self.near.is_new(&shingles(&text, SHINGLE)) {
            return Err(Dropped::NearCopy);
        }
        self.copies.insert(key);
        Ok(text)
    }
    // ANCHOR_END: take

    /// How likely the next new text is taken for a copy, or a near copy, by mistake.
    pub fn false_positive(&self) -> f64 {
        let kept = self.report.kept as usize;
        1.0 - (1.0 - self.copies.false_positive(kept)) * (1.0 - self.near.false_positive(kept))
    }

    /// What became of the texts so far.
    pub fn report(&self) -> &Report {
        &self.report
    }
}

/// Counts: every document that came in is either kept or dropped for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Documents that are kept.
    pub kept: u64,
    /// Bytes of them.
    pub bytes: u64,
    /// Documents that are dropped, by reason.
    pub dropped: BTreeMap<Dropped, u64>,
}

impl Report {
    /// Documents that came in.
    pub fn read(&self) -> u64 {
        self.kept + self.dropped.values().sum::<u64>()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>7} documents", self.read())?;
        for (dropped, count) in &self.dropped {
            writeln!(f, "{count:>7} {dropped}")?;
        }
        write!(f, "{:>7} kept, {} bytes", self.kept, self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dirt::Dirt;
    use crate::document::{Documents, Format};
    use language_models::story::tell;
    use tensors::seeds;

    fn settings() -> Settings {
        let languages = include_str!("../../04-tokens/corpora/languages.txt");
        Settings {
            language: Some((Guesser::of_chapter_4(languages), "English".to_owned())),
            sentences: true,
            rules: Some(Rules::default()),
            ..Settings::default()
        }
    }

    fn run(settings: Settings, file: &str) -> (Vec<String>, Report) {
        let mut pipeline = Pipeline::new(settings, Bands::FINEWEB, 1000, 1);
        let documents = Documents::new(file.as_bytes(), Format::Paragraphs, 10_000);
        let kept = documents.filter_map(|document| pipeline.take(document).unwrap()).collect();
        (kept, pipeline.report().clone())
    }

    #[test]
    fn stories_pass_and_come_out_as_they_are() {
        let mut rng = seeds::generator(7);
        let stories: Vec<String> = (0..50).map(|_| tell(&mut rng)).collect();
        let (kept, report) = run(settings(), &stories.concat());
        let trimmed: Vec<&str> = stories.iter().map(|story| story.trim_end()).collect();
        assert_eq!(kept, trimmed);
        assert_eq!((report.kept, report.read()), (50, 50));
    }

    #[test]
    fn each_document_is_counted_once_and_by_its_reason() {
        let mut rng = seeds::generator(8);
        let story = tell(&mut rng);
        let boilerplate = Dirt::Boilerplate.spoil(&story, &mut rng).unwrap();
        let german = "Die alte Frau ging in den Garten und holte Wasser für die Blumen. ".repeat(6);
        let file =
            [&story, &boilerplate, &story.to_uppercase(), &german, "\n\nToo short.\n\n#\n\n"].concat();
        let (kept, report) = run(settings(), &file);
        // The one that shouts is a copy. Of the boilerplate one line ends like a sentence and stays: the
        // rest is nearly the story.
        assert_eq!(kept, [story.trim_end()]);
        let expected = [
            (Dropped::Refused(Refusal::Empty), 1),
            (Dropped::Language, 1),
            (Dropped::Rule(Broken::Length), 1),
            (Dropped::Copy, 1),
            (Dropped::NearCopy, 1),
        ];
        assert_eq!(report.dropped, BTreeMap::from(expected));
        assert_eq!(report.read(), 6);
        assert_eq!(
            report.to_string().lines().last().unwrap(),
            format!("      1 kept, {} bytes", kept[0].len())
        );
    }

    #[test]
    fn a_bad_text_does_not_shut_out_its_good_twin() {
        let mut rng = seeds::generator(10);
        let good: Vec<String> = (0..50).map(|_| tell(&mut rng).trim_end().to_owned()).collect();
        let story = tell(&mut rng);
        // The same words in capitals: the model knows none of them.
        let bad = story.to_uppercase();
        let model = Perplexity::train(&good, 3).unwrap();
        let limit = f64::midpoint(model.bits(story.trim_end()), model.bits(bad.trim_end()));
        let settings = Settings { perplexity: Some((model, limit)), ..Settings::default() };
        let (kept, report) = run(settings, &[bad, story.clone(), story.clone()].concat());
        assert_eq!(kept, [story.trim_end()]);
        assert_eq!(report.dropped, BTreeMap::from([(Dropped::Perplexity, 1), (Dropped::Copy, 1)]));
    }

    #[test]
    fn models_and_the_test_have_their_say() {
        let mut rng = seeds::generator(9);
        let good: Vec<String> = (0..50).map(|_| tell(&mut rng).trim_end().to_owned()).collect();
        let (story, held_out) = (tell(&mut rng), tell(&mut rng));
        let shuffled = Dirt::Shuffled.spoil(&story, &mut rng).unwrap();
        let model = Perplexity::train(&good, 3).unwrap();
        let limit = f64::midpoint(model.bits(story.trim_end()), model.bits(shuffled.trim_end()));
        let settings = Settings {
            perplexity: Some((model, limit)),
            held_out: Some((HeldOut::new([held_out.as_str()], 8..=13), 0.5)),
            ..Settings::default()
        };
        let (kept, report) = run(settings, &[shuffled, held_out, story.clone()].concat());
        assert_eq!(kept, [story.trim_end()]);
        assert_eq!(report.dropped[&Dropped::Perplexity], 1);
        assert_eq!(report.dropped[&Dropped::Test], 1);
    }
}
