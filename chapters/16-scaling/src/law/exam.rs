//! What a model's loss is made of: read stories it has never seen, and put down what every token costs,
//! by what one has to know to predict it.

use super::stories::Stories;
use dfdx::prelude::Cpu;
use gpt::Whole;
use gpt::evaluate::{Question, bits, questions};
use gpt::tokenizer::Tokens;
use kernels::Workers;
use language_models::story::{KINDS, Kind};
use serde::{Deserialize, Serialize};
use std::f64::consts::LN_2;
use tokens::Tokenizer;

/// A story to be read.
#[derive(Debug, Clone)]
struct Story {
    /// Its tokens, behind the one that says that a story begins.
    tokens: Vec<usize>,
    questions: Vec<Question>,
}

/// Stories to be judged by.
#[derive(Debug, Clone)]
pub struct Exam {
    stories: Vec<Story>,
    characters: usize,
}

/// What the tokens of one kind cost in all stories together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// How many they are.
    pub tokens: usize,
    /// Bits by the model.
    pub bits: f64,
    /// Bits by the grammar that told the stories.
    pub floor: f64,
}

/// What an exam found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Marks {
    /// Stories that were read.
    pub stories: usize,
    /// Characters in them.
    pub characters: usize,
    /// By kind, in the order of [`KINDS`].
    pub kinds: [Cost; 5],
    /// The mean over the stories of the product of p over all tokens that nobody draws: how likely the
    /// model is to get everything right that can be known.
    pub all_right: f64,
}

impl Marks {
    fn sum(&self, of: impl Fn(&Cost) -> f64) -> f64 {
        self.kinds.iter().map(of).sum()
    }

    /// L: bits a character.
    pub fn loss(&self) -> f64 {
        self.sum(|cost| cost.bits) / self.characters as f64
    }

    /// E: bits a character of the grammar itself on the same stories.
    pub fn floor(&self) -> f64 {
        self.sum(|cost| cost.floor) / self.characters as f64
    }

    /// Mean loss of a token, in nats.
    pub fn nats_a_token(&self) -> f64 {
        self.sum(|cost| cost.bits) * LN_2 / self.sum(|cost| cost.tokens as f64)
    }

    /// Bits a story above the floor that a kind costs.
    pub fn above(&self, kind: usize) -> f64 {
        (self.kinds[kind].bits - self.kinds[kind].floor) / self.stories as f64
    }
}

impl Exam {
    /// The first `count` stories that follow from `seed`.
    pub fn new(seed: u64, count: usize, tokenizer: &Tokens) -> Self {
        let mut stories = Stories::new(seed, tokenizer);
        let stories: Vec<Story> = (0..count).map(|_| Story::of(stories.tokens(), tokenizer)).collect();
        let characters = stories.iter().map(|story| text(&story.tokens[1..], tokenizer).len()).sum();
        Self { stories, characters }
    }

    /// How many names that were told before are asked for, each once, whether it is one token or more. A
    /// name whose first letter is drawn, since it might be the other's, is none of them.
    pub fn names(&self, tokenizer: &Tokens) -> usize {
        let of_story = |story: &Story| {
            let told = text(&story.tokens[1..], tokenizer);
            let begins = |run: &&[Question]| {
                let (before, after) = told.split_at(run[0].bytes.start);
                let inside =
                    before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic);
                run[0].kind == Kind::Name && !inside
            };
            story.questions.chunk_by(|a, b| a.kind == b.kind).filter(begins).count()
        };
        self.stories.iter().map(of_story).sum()
    }

    // ANCHOR: judge
    /// Reads all stories with `model`.
    ///
    /// # Panics
    /// When one is longer than the model's context: what is not read would cost nothing.
    pub fn judge<M: Whole<Cpu>>(&self, model: &M, workers: &Workers) -> Marks {
        let read = |story: &Story| -> [Cost; 5] {
            let mut kinds = [Cost::default(); 5];
            assert!(story.tokens.len() <= M::SHAPE.max_context + 1, "a story is longer than the context");
            for (bits, question) in bits(model, &story.tokens).into_iter().zip(&story.questions) {
                let is = |(kind, _): &(Kind, &str)| *kind == question.kind;
                let kind = KINDS.iter().position(is).expect("the default grammar has no facts");
                let cost = &mut kinds[kind];
                cost.tokens += 1;
                cost.bits += bits;
                cost.floor += question.floor;
            }
            kinds
        };
        let stories: Vec<&Story> = self.stories.iter().collect();
        let mut marks = Marks {
            stories: stories.len(),
            characters: self.characters,
            kinds: Default::default(),
            all_right: 0.0,
        };
        for kinds in workers.map(stories, read) {
            for (all, one) in marks.kinds.iter_mut().zip(kinds) {
                all.tokens += one.tokens;
                all.bits += one.bits;
                all.floor += one.floor;
            }
            marks.all_right += probability(&kinds) / self.stories.len() as f64;
        }
        marks
    }
    // ANCHOR_END: judge
}

/// 2^−bits of a story's tokens that nobody draws: the product of their probabilities.
fn probability(kinds: &[Cost; 5]) -> f64 {
    let known = KINDS.iter().zip(kinds).filter(|((kind, _), _)| *kind != Kind::Choice);
    (-known.map(|(_, cost)| cost.bits).sum::<f64>()).exp2()
}

impl Story {
    fn of(tokens: Vec<usize>, tokenizer: &Tokens) -> Self {
        let told = text(&tokens[1..], tokenizer);
        let questions =
            questions(&told, &tokens[1..], tokenizer).expect("the grammar reads what it has told");
        Self { tokens, questions }
    }
}

/// The text of tokens.
pub(super) fn text(tokens: &[usize], tokenizer: &Tokens) -> String {
    let bytes = tokenizer.decode(tokens).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::names::names;
    use super::super::sizes::VOCABULARY;
    use super::*;
    use dfdx::prelude::BuildModule;
    use gpt::corpus::{Source, Text};
    use gpt::initialise::initialise;
    use gpt::{Gpt, evaluate, sizes};
    use language_models::story;
    use tensors::seeds;

    sizes!(Small { vocab: 300, context: 1500, model: 16, heads: 2, head_dim: 8, hidden: 32, layers: 1 });

    fn model() -> Gpt<Small> {
        let mut model = Gpt::<Small>::build(&Cpu::default());
        initialise(&mut model, 1);
        // Surer than an untrained model: its marks differ from story to story.
        model.tokens.weight = model.tokens.weight * 8.0;
        model
    }

    fn tokenizer() -> Tokens {
        Tokens::learn(300, &story::corpus(100_000, 1).train).unwrap()
    }

    /// The texts of the stories of an exam.
    fn texts(seed: u64, count: usize, tokenizer: &Tokens) -> Vec<String> {
        let mut stories = Stories::new(seed, tokenizer);
        (0..count).map(|_| text(&stories.tokens()[1..], tokenizer)).collect()
    }

    #[test]
    fn the_loss_is_that_of_the_judge_of_chapter_13() {
        let (tokenizer, model, workers) = (tokenizer(), model(), Workers::with(2));
        let marks = Exam::new(5, 6, &tokenizer).judge(&model, &workers);
        // That one reads a text in a row, and nothing before its first empty line.
        let row = format!("\n\n{}", texts(5, 6, &tokenizer).concat());
        let theirs = evaluate::Exam::new(&row, &tokenizer, false).from_beginnings(&tokenizer);
        let score = theirs.score(&model, 1500, &workers);
        assert!((marks.nats_a_token() / score.loss - 1.0).abs() < 1e-5, "{marks:?} {score:?}");
        assert!((marks.loss() / score.bits_per_char - 1.0).abs() < 1e-5, "{marks:?} {score:?}");
    }

    #[test]
    fn the_floor_is_what_the_grammar_says_of_the_same_stories() {
        let tokenizer = tokenizer();
        let marks = Exam::new(5, 9, &tokenizer).judge(&model(), &Workers::with(1));
        let texts = texts(5, 9, &tokenizer).concat();
        let bits: f64 = story::read_all(&texts).unwrap().iter().sum();
        assert_eq!((marks.characters, marks.stories), (texts.len(), 9));
        assert!((marks.floor() - bits / texts.len() as f64).abs() < 1e-9);
        let drawn = marks.kinds[4].floor;
        assert!(
            (drawn - bits).abs() < 1e-6,
            "only what is drawn costs the grammar bits: {drawn} of {bits}"
        );
        assert!(marks.kinds.iter().all(|cost| cost.tokens > 0), "{marks:?}");
    }

    #[test]
    fn the_product_of_what_can_be_known_leaves_out_what_is_drawn() {
        let cost = |bits| Cost { tokens: 1, bits, floor: 0.0 };
        assert_eq!(probability(&[1.0, 0.0, 2.0, 0.5, 90.0].map(cost)), 2_f64.powf(-3.5));
        // Of an exam it is the mean over its stories: with scores that are all equal, every story of n
        // such tokens has (1/300)ⁿ, which is nothing.
        let marks = Exam::new(5, 2, &tokenizer()).judge(&model(), &Workers::with(1));
        assert!(marks.all_right < 1e-100, "{}", marks.all_right);
    }

    #[test]
    fn a_name_is_asked_for_where_the_text_has_one_that_is_not_drawn() {
        let (tokenizer, mut expected, mut rng) = (tokenizer(), 0, seeds::generator(5));
        for _ in 0..40 {
            let story = story::tell(&mut rng);
            let kinds = story::kinds(&story).unwrap();
            for name in names() {
                // "Ann" is in "Anna": whole words only.
                let ends = |end: usize| !story[end..].starts_with(char::is_alphabetic);
                let whole = story.match_indices(&name).map(|(at, _)| at..at + name.len());
                expected += whole
                    .filter(|word| ends(word.end) && !story[..word.start].ends_with(char::is_alphabetic))
                    .filter(|word| kinds[word.clone()].iter().all(|kind| *kind == Kind::Name))
                    .count();
            }
        }
        assert!(expected > 200, "{expected} names");
        // With short tokens, of which a name has several, and with the words of the default run.
        assert_eq!(Exam::new(5, 40, &tokenizer).names(&tokenizer), expected);
        let words = Tokens::learn(VOCABULARY, &Text::load(&Source::Stories).unwrap().train).unwrap();
        // There a blank belongs to its word: where it is drawn, so is the word's token.
        let asked = Exam::new(5, 40, &words).names(&words);
        assert!((expected * 9 / 10..=expected).contains(&asked), "{asked} of {expected}");
    }

    #[test]
    #[should_panic(expected = "a story is longer than the context")]
    fn a_story_that_does_not_fit_is_not_judged_by_its_beginning() {
        sizes!(Short { vocab: 300, context: 100, model: 16, heads: 2, head_dim: 8, hidden: 32, layers: 1 });
        let model = Gpt::<Short>::build(&Cpu::default());
        Exam::new(5, 1, &tokenizer()).judge(&model, &Workers::alone());
    }
}
