//! What a model knows about a story, token by token, beside what could be known.

use crate::reading::as_read;
use dfdx::prelude::Cpu;
use gpt::LanguageModel;
use gpt::evaluate::{Question, bits, questions};
use gpt::tokenizer::Tokens;
use language_models::story::{self, KINDS, Kind};
use thiserror::Error;
use tokens::pieces;

/// What one token of a story costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// −log₂ of its probability by the model.
    pub bits: f64,
    /// The same by the grammar that told the story: the floor.
    pub floor: f64,
    /// What must be known to predict it.
    pub kind: Kind,
    /// Whether the grammar leaves the word open: see [`open_places`].
    pub open: bool,
}

impl Cost {
    /// Bits above the floor; below 0 where the model knows more than the grammar can.
    pub fn above(&self) -> f64 {
        self.bits - self.floor
    }
}

/// What cannot be judged.
#[derive(Debug, Error)]
pub enum JudgeError {
    /// The text is no story of the default grammar, so that nobody knows its floor.
    #[error("this text cannot be judged: {0}")]
    NotAStory(#[from] story::NotAStory),
}

// ANCHOR: costs
/// What each token of `story` costs `model`, which reads it from its beginning. Of a story that is
/// longer than the model's context the rest is left out.
///
/// # Errors
/// When `story` is none of the default grammar.
pub fn costs<M: LanguageModel<Cpu>>(
    model: &M,
    tokenizer: &Tokens,
    story: &str,
) -> Result<Vec<Cost>, JudgeError> {
    let open = open_places(story)?;
    let ids = as_read(story, tokenizer, M::SHAPE.max_context);
    let questions = questions(story, &ids[1..], tokenizer)?;
    let cost =
        |(bits, Question { bytes, kind, floor })| Cost { bits, floor, kind, open: open[bytes.start] };
    Ok(bits(model, &ids).into_iter().zip(questions).map(cost).collect())
}
// ANCHOR_END: costs

/// For each byte of a story, whether the grammar leaves the word that it belongs to open: given all
/// before the word, more than one text can follow up to the first character behind it. Whether a word is
/// open is known before it is read.
///
/// # Errors
/// When the text is no story.
pub fn open_places(story: &str) -> Result<Vec<bool>, story::NotAStory> {
    let bits = story::read(story)?.bits;
    let (mut open, mut at) = (Vec::with_capacity(bits.len()), 0);
    for piece in pieces(&story[..bits.len()]) {
        // What is behind the word tells that it is over.
        let behind = (at + piece.len() + 1).min(bits.len());
        let is_open = bits[at..behind].iter().any(|&bits| bits > 0.0);
        open.extend(std::iter::repeat_n(is_open, piece.len()));
        at += piece.len();
    }
    Ok(open)
}

/// Bits above the floor by [`KINDS`], summed over tokens.
pub fn above_by_kind<'a>(costs: impl IntoIterator<Item = &'a Cost>) -> [f64; KINDS.len()] {
    let mut sums = [0.0; KINDS.len()];
    for cost in costs {
        for (sum, (kind, _)) in sums.iter_mut().zip(KINDS) {
            if kind == cost.kind {
                *sum += cost.above();
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::BuildModule;
    use gpt::evaluate::Exam;
    use gpt::initialise::initialise;
    use gpt::{Gpt, sizes};
    use kernels::Workers;
    use std::f64::consts::LN_2;
    use tensors::seeds;

    sizes!(Words { vocab: 400, context: 600, model: 8, heads: 2, head_dim: 4, hidden: 16, layers: 1 });

    fn story(seed: u64) -> String {
        story::tell(&mut seeds::generator(seed))
    }

    /// A model that has learned nothing, and tokens of several characters.
    fn model() -> (Gpt<Words>, Tokens) {
        let mut model = Gpt::<Words>::build(&Cpu::default());
        initialise(&mut model, 1);
        let text: String = (0..50).map(story).collect();
        (model, Tokens::learn(400, &text).unwrap())
    }

    #[test]
    fn the_costs_are_those_of_the_exam_and_the_floors_those_of_the_reader() {
        let (model, tokenizer) = model();
        for seed in 100..105 {
            let story = story(seed);
            let costs = costs(&model, &tokenizer, &story).unwrap();
            let exam = Exam::new(&format!("\n\n{story}"), &tokenizer, false).from_beginnings(&tokenizer);
            let bits = exam.score(&model, 600, &Workers::with(1)).loss / LN_2 * costs.len() as f64;
            let sum = |of: fn(&Cost) -> f64| costs.iter().map(of).sum::<f64>();
            assert!((sum(|cost| cost.bits) - bits).abs() < 1e-3, "{} {bits}", sum(|cost| cost.bits));
            let floor: f64 = story::read(&story).unwrap().bits.iter().sum();
            assert!((sum(|cost| cost.floor) - floor).abs() < 1e-9);
            assert!(costs.iter().all(|cost| cost.open || cost.floor == 0.0), "what is drawn is open");
            assert!(costs.iter().all(|cost| (cost.kind == Kind::Choice) == (cost.floor > 0.0)));
            let kinds: f64 = above_by_kind(&costs).iter().sum();
            assert!((kinds - (bits - floor)).abs() < 1e-3, "every token is of one kind");
        }
    }

    #[test]
    fn whether_a_word_is_open_is_known_before_it_is_read() {
        let stories: Vec<String> = (0..200).map(story).collect();
        for pair in stories.windows(2) {
            let [a, b] = [0, 1].map(|i| open_places(&pair[i]).unwrap());
            let same = pair[0].bytes().zip(pair[1].bytes()).take_while(|(a, b)| a == b).count();
            // Up to where the stories part both say the same; the words with which they part are open,
            // and so is the last of the words before if it is what is over in one and goes on in the
            // other.
            let word = |story: &str| {
                let ends = pieces(story).scan(0, |at, piece| {
                    *at += piece.len();
                    Some(*at)
                });
                ends.take_while(|&end| end <= same).last().unwrap_or(0)
            };
            let parted = word(&pair[0]).min(word(&pair[1]));
            assert_eq!(a[..parted], b[..parted], "{} | {}", &pair[0][..same], &pair[1][same..same + 9]);
            assert!(a[parted] && b[parted], "{}", &pair[0][..=parted]);
        }
    }

    #[test]
    fn most_of_a_story_is_certain() {
        let open = open_places(&story(7)).unwrap();
        let share = open.iter().filter(|open| **open).count() as f64 / open.len() as f64;
        assert!((0.1..0.5).contains(&share), "{share}");
    }

    #[test]
    fn what_no_grammar_told_is_refused() {
        let (model, tokenizer) = model();
        let error = costs(&model, &tokenizer, "It was a dark and stormy night.\n\n").unwrap_err();
        assert!(error.to_string().starts_with("this text cannot be judged: the grammar cannot continue"));
    }
}
