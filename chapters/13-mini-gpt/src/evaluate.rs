//! How good is a model? The mean loss over text it has never seen, against the best loss that any
//! model can have.

use crate::data::{Batch, beginnings};
use crate::loss::total_loss;
use crate::model::LanguageModel;
use kernels::{Kernels, Workers};
use language_models::story::{self, Kind, NotAStory};
use serde::Serialize;
use std::f64::consts::LN_2;
use std::ops::Range;
use tokens::Tokenizer;

/// Windows evaluated together.
const ROWS: usize = 4;

/// A text to be judged by: its tokens, the characters in them, and the floor of each byte where it
/// is known.
#[derive(Debug, Clone)]
pub struct Exam {
    tokens: Vec<usize>,
    /// Characters that begin at each token, for bits per character.
    characters: Vec<usize>,
    /// −log₂ p of each token by the grammar that wrote it.
    floor: Option<Vec<f64>>,
    /// The tokens after which a text begins, if each text is to be read from its beginning.
    beginnings: Option<Vec<usize>>,
}

/// What an evaluation found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// Mean −ln p of a token, in nats.
    pub loss: f64,
    /// e^loss: as uncertain as a fair choice among so many tokens.
    pub perplexity: f64,
    /// Mean −log₂ p of a character.
    pub bits_per_char: f64,
    /// The same for a model that knows the grammar: no model can do better on average.
    pub floor_bits_per_char: Option<f64>,
}

impl Exam {
    /// An exam on `text`, which must consist of whole stories when `is_stories` is set.
    ///
    /// # Panics
    /// When it should consist of stories and does not.
    pub fn new(text: &str, tokenizer: &impl Tokenizer, is_stories: bool) -> Self {
        let tokens = tokenizer.encode(text);
        let bytes: Vec<Vec<u8>> =
            tokens.iter().map(|&id| tokenizer.decode(&[id]).expect("its own token")).collect();
        let begins_character = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
        let characters = bytes.iter().map(|bytes| bytes.iter().filter(begins_character).count()).collect();
        let floor = is_stories.then(|| {
            let mut of_bytes = story::read_all(text).expect("the grammar reads what it told").into_iter();
            bytes.iter().map(|bytes| of_bytes.by_ref().take(bytes.len()).sum()).collect()
        });
        Self { tokens, characters, floor, beginnings: None }
    }

    /// The same with each of its texts read from its beginning; what stands before the first empty
    /// line is left out. If no text begins after an empty line, all is read as one.
    #[must_use]
    pub fn from_beginnings(mut self, tokenizer: &impl Tokenizer) -> Self {
        self.set_beginnings(beginnings(&self.tokens, tokenizer));
        self
    }

    /// Keeps those of `beginnings` after which something comes: the empty line at the very end of
    /// a text begins nothing.
    fn set_beginnings(&mut self, mut beginnings: Vec<usize>) {
        beginnings.retain(|beginning| beginning + 1 < self.tokens.len());
        self.beginnings = (!beginnings.is_empty()).then_some(beginnings);
    }

    /// The first part of the exam: `tokens` tokens, or all if there are fewer.
    #[must_use]
    pub fn first(&self, tokens: usize) -> Self {
        let end = tokens.min(self.tokens.len());
        let mut first = Self {
            tokens: self.tokens[..end].to_vec(),
            characters: self.characters[..end].to_vec(),
            floor: self.floor.as_ref().map(|floor| floor[..end].to_vec()),
            beginnings: None,
        };
        first.set_beginnings(self.beginnings.clone().unwrap_or_default());
        first
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is nothing to predict.
    pub fn is_empty(&self) -> bool {
        self.tokens.len() < 2
    }

    // ANCHOR: score
    /// Windows of at most `context` targets in which every token is predicted exactly once: where
    /// they begin, and how long they are.
    fn windows(&self, context: usize) -> Vec<(usize, usize)> {
        let last = self.tokens.len() - 1;
        let mut ends = self.beginnings.clone().unwrap_or_else(|| vec![0]);
        ends.push(last);
        let texts = ends.windows(2).map(|text| (text[0], text[1]));
        texts
            .flat_map(|(from, to)| (from..to).step_by(context).map(move |at| (at, context.min(to - at))))
            .collect()
    }

    /// Judges `model`: the text is cut into windows of `context` tokens, and every token after the
    /// first is predicted exactly once, from those before it in its window.
    ///
    /// # Panics
    /// When there are fewer than two tokens.
    pub fn score<M: LanguageModel<D>, D: Kernels<f32>>(
        &self,
        model: &M,
        context: usize,
        workers: &Workers,
    ) -> Score {
        let windows = self.windows(context);
        // Windows of equal length are read together.
        let batches =
            windows.chunk_by(|a, b| a.1 == b.1).flat_map(|alike| alike.chunks(ROWS)).map(|alike| {
                let starts: Vec<usize> = alike.iter().map(|window| window.0).collect();
                Batch::at(&self.tokens, &starts, alike[0].1)
            });
        let nats = total_loss(workers, model, batches.collect());
        let targets = windows.iter().map(|window| window.1).sum::<usize>() as f64;
        let first = windows[0].0 + 1;
        // What is predicted may be a part of a single character.
        let characters = self.characters[first..].iter().sum::<usize>().max(1) as f64;
        let loss = nats / targets;
        Score {
            loss,
            perplexity: loss.exp(),
            bits_per_char: nats / LN_2 / characters,
            floor_bits_per_char: self
                .floor
                .as_ref()
                .map(|floor| floor[first..].iter().sum::<f64>() / characters),
        }
    }
    // ANCHOR_END: score
}

/// ln softmax of scores.
pub fn log_softmax(scores: &[f32]) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = scores.iter().map(|score| f64::from(score - largest).exp()).sum();
    scores.iter().map(|score| f64::from(score - largest) - sum.ln()).collect()
}

// ANCHOR: bits
/// −log₂ p by `model` of every token after the first, each from all before it.
///
/// # Panics
/// When there are fewer than two tokens, or more than one behind the model's context.
pub fn bits<M: LanguageModel<D>, D: Kernels<f32>>(model: &M, tokens: &[usize]) -> Vec<f64> {
    let scores = model.logits(&tokens[..tokens.len() - 1]);
    let rows = scores.chunks_exact(M::SHAPE.vocabulary).zip(&tokens[1..]);
    rows.map(|(scores, &token)| -log_softmax(scores)[token] / LN_2).collect()
}
// ANCHOR_END: bits

/// What one token of a story asks of whoever predicts it.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its bytes in the story.
    pub bytes: Range<usize>,
    /// What must be known: the hardest of its characters' kinds.
    pub kind: Kind,
    /// −log₂ p by the grammar.
    pub floor: f64,
}

/// What `tokens`, the first or all of a story of the default grammar, ask.
///
/// # Errors
/// [`NotAStory`] if it is none.
///
/// # Panics
/// When they are not the story's tokens.
pub fn questions(
    story: &str,
    tokens: &[usize],
    tokenizer: &impl Tokenizer,
) -> Result<Vec<Question>, NotAStory> {
    let (floor, kinds, mut at) = (story::read(story)?.bits, story::kinds(story)?, 0);
    let question = |&token: &usize| {
        let bytes = at..at + tokenizer.decode(&[token]).expect("its own token").len();
        at = bytes.end;
        let kind = *kinds[bytes.clone()].iter().max().expect("no token is empty");
        Question { kind, floor: floor[bytes.clone()].iter().sum(), bytes }
    };
    Ok(tokens.iter().map(question).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gpt;
    use crate::initialise::initialise;
    use crate::sizes::Tiny;
    use crate::tokenizer::Tokens;
    use dfdx::prelude::{BuildModule, Cpu};
    use tokens::Bytes;

    fn model() -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 2);
        model
    }

    #[test]
    fn every_token_is_predicted_once_whatever_the_windows() {
        // With a context of 1 each token is predicted from the one before: the sum can be made by
        // hand.
        let text = "abcabcd";
        let exam = Exam::new(text, &Bytes, false);
        let (model, workers) = (model(), Workers::with(2));
        let nats = |tokens: &[u8]| {
            let ids: Vec<usize> = tokens.iter().copied().map(usize::from).collect();
            total_loss(&workers, &model, vec![Batch::at(&ids, &[0], ids.len() - 1)])
        };
        let by_hand: f64 = text.as_bytes().windows(2).map(nats).sum();
        assert!((exam.score(&model, 1, &workers).loss - by_hand / 6.0).abs() < 1e-5);
        // With a context of 4 the last two are predicted from a window of their own. An untrained
        // model says nearly the same of everything: seven digits of its loss tell windows apart,
        // its first two would not.
        let by_hand = nats(b"abcab") + nats(b"bcd");
        let score = exam.score(&model, 4, &workers);
        assert!((score.loss - by_hand / 6.0).abs() < 1e-5);
        for others in [nats(b"abcabcd"), nats(b"abc") + nats(b"cabcd"), nats(b"abcab") + nats(b"abcd")] {
            assert!((score.loss - others / 6.0).abs() > 1e-4, "{others} would pass as well");
        }
    }

    #[test]
    fn bits_are_those_of_the_loss_token_by_token() {
        let (model, text) = (model(), b"abcabcd".map(usize::from));
        let found = bits(&model, &text);
        for (end, bits) in (1..).zip(&found) {
            let nats = |tokens| {
                total_loss(&Workers::alone(), &model, vec![Batch::at(&text[..=tokens], &[0], tokens)])
            };
            let before = if end > 1 { nats(end - 1) } else { 0.0 };
            assert!((bits * LN_2 - (nats(end) - before)).abs() < 1e-4, "{end}");
        }
        assert_eq!(found.len(), 6);
    }

    #[test]
    fn the_questions_of_a_story_make_up_the_story() {
        let stories = story::corpus(20_000, 1).train;
        let tokenizer = Tokens::learn(300, &stories).unwrap();
        for story in stories.split_inclusive("\n\n").take(5) {
            let questions = questions(story, &tokenizer.encode(story), &tokenizer).unwrap();
            let ends = questions.iter().map(|question| question.bytes.end);
            assert!(
                questions
                    .iter()
                    .skip(1)
                    .map(|question| question.bytes.start)
                    .eq(ends.take(questions.len() - 1))
            );
            assert_eq!((questions[0].bytes.start, questions.last().unwrap().bytes.end), (0, story.len()));
            let (floor, kinds) = (story::read(story).unwrap().bits, story::kinds(story).unwrap());
            let sum: f64 = questions.iter().map(|question| question.floor).sum();
            assert!((sum - floor.iter().sum::<f64>()).abs() < 1e-9);
            for Question { bytes, kind, floor } in questions {
                assert!(
                    kinds[bytes.clone()].contains(&kind) && kinds[bytes].iter().all(|other| *other <= kind)
                );
                assert_eq!(kind == Kind::Choice, floor > 0.0);
            }
        }
        assert!(questions("It was a dark night.", &[], &tokenizer).is_err());
    }

    #[test]
    fn texts_are_read_from_their_beginnings() {
        let exam = Exam::new("ab\n\ncde\n\nfghijkl\n\n", &Bytes, false).from_beginnings(&Bytes);
        // From the second newline of each empty line; the last one ends the exam.
        assert_eq!(exam.windows(64), [(3, 5), (8, 9)]);
        assert_eq!(exam.windows(4), [(3, 4), (7, 1), (8, 4), (12, 4), (16, 1)]);
        let (model, workers) = (model(), Workers::with(1));
        let by_hand = [(3, 5), (8, 9)].map(|(at, targets)| {
            total_loss(&workers, &model, vec![Batch::at(&exam.tokens, &[at], targets)])
        });
        let score = exam.score(&model, 64, &workers);
        assert!((score.loss - by_hand.iter().sum::<f64>() / 14.0).abs() < 1e-5);
        assert_eq!(Exam::new("abc", &Bytes, false).from_beginnings(&Bytes).windows(2), [(0, 2)]);
    }

    #[test]
    fn texts_may_begin_anywhere_or_nowhere() {
        let model = model();
        let workers = Workers::with(1);
        let score = |exam: &Exam| exam.score(&model, 4, &workers).loss;
        for (text, windows) in [
            // The only empty line is at the end, or just behind what the quick exam looks at.
            ("abcdef\n\n", &[(0, 4), (4, 3)][..]),
            ("abcdefghijk\n\nlm", &[(12, 2)]),
            ("\n\nabc", &[(1, 3)]),
            ("\n\n", &[(0, 1)]),
            ("\n\n\n\n", &[(1, 1), (2, 1)]),
            ("ab", &[(0, 1)]),
        ] {
            let exam = Exam::new(text, &Bytes, false).from_beginnings(&Bytes);
            assert_eq!(exam.windows(4), windows, "{text:?}");
            for tokens in 2..=text.len() {
                let first = exam.first(tokens);
                assert!(score(&first).is_finite(), "the first {tokens} of {text:?}");
                let last = first.windows(4).last().map(|(at, length)| at + length);
                assert_eq!(last, Some(tokens - 1), "the last token is predicted");
            }
        }
    }

    #[test]
    fn bits_are_counted_by_character_not_by_byte() {
        let text = "猫猫猫猫猫";
        let exam = Exam::new(text, &Bytes, false);
        let score = exam.score(&model(), 8, &Workers::with(1));
        // 14 bytes are predicted, in which 4 characters begin.
        assert!((score.bits_per_char - score.loss / LN_2 * 14.0 / 4.0).abs() < 1e-9);
        assert_eq!(score.floor_bits_per_char, None);
        let part = Exam::new("é", &Bytes, false).score(&model(), 8, &Workers::with(1));
        assert!((part.bits_per_char - part.loss / LN_2).abs() < 1e-9, "half a character counts as one");
    }

    #[test]
    fn the_floor_of_stories_is_below_an_untrained_model_and_near_the_entropy() {
        let text = story::corpus(200_000, 3).train;
        let exam = Exam::new(&text, &Bytes, true);
        let score = exam.first(40_000).score(&model(), 64, &Workers::with(2));
        let floor = score.floor_bits_per_char.unwrap();
        let exact = story::exact_entropy().bits_per_character();
        assert!((floor - exact).abs() < 0.05 * exact, "{floor} {exact}");
        // It holds every byte for equally likely: 8 bits.
        assert!(floor < score.bits_per_char && (score.bits_per_char - 8.0).abs() < 0.1, "{score:?}");
        // Longer tokens hold the same characters and the same bits; only the first token, which
        // nobody predicts, is longer.
        let longer = Exam::new(&text, &Tokens::learn(400, &text).unwrap(), true);
        assert!(longer.len() < exam.len() * 2 / 3);
        let sum = |exam: &Exam| exam.floor.iter().flatten().sum::<f64>();
        assert!((sum(&longer) - sum(&exam)).abs() < 1e-6 * sum(&exam));
        assert_eq!(longer.characters.iter().sum::<usize>(), text.chars().count());
    }

    #[test]
    fn the_floor_is_counted_by_character_whatever_the_tokens() {
        crate::sizes!(Small {
            vocab: 300,
            context: 64,
            model: 4,
            heads: 2,
            head_dim: 2,
            hidden: 8,
            layers: 1
        });
        let text = story::corpus(3000, 3).train;
        let tokenizer = Tokens::learn(300, &text).unwrap();
        let model = Gpt::<Small>::build(&Cpu::default());
        let score = Exam::new(&text, &tokenizer, true).score(&model, 64, &Workers::with(1));
        // The first token is longer than a character, and nobody predicts it. A character of a story is
        // a byte.
        let first = tokenizer.decode(&tokenizer.encode(&text)[..1]).unwrap().len();
        let bits = story::read_all(&text).unwrap();
        let expected = bits[first..].iter().sum::<f64>() / (text.len() - first) as f64;
        assert!((score.floor_bits_per_char.unwrap() - expected).abs() < 1e-9, "{score:?}, not {expected}");
    }
}
