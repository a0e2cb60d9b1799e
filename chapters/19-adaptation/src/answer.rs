//! Answers: what a model writes after a prompt, and how likely each token of it was.

use deep_networks::Dropout;
use dfdx::prelude::NoneTape;
use generation::{Sampling, write_many};
use gpt::data::{Batch, ends_text, prompt};
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel, Sizes};
use kernels::{Kernels, Shareable, Workers};
use tokens::Tokenizer;

/// A prompt and what was written after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// All tokens, those of the prompt first.
    pub tokens: Vec<usize>,
    /// How many of them are the prompt's: one at least.
    pub prompt: usize,
}

impl Answer {
    /// How many tokens were written.
    pub fn written(&self) -> usize {
        self.tokens.len() - self.prompt
    }

    /// A weight for each token after the first, as [`Batch::texts`] asks for: nothing is asked about the
    /// prompt, and `weights` are those of what was written.
    pub fn weights(&self, weights: impl IntoIterator<Item = f32>) -> Vec<f32> {
        std::iter::repeat_n(0.0, self.prompt - 1).chain(weights).collect()
    }

    /// The same with one weight for all that was written.
    pub fn evenly(&self, weight: f32) -> Vec<f32> {
        self.weights(std::iter::repeat_n(weight, self.written()))
    }
}

/// An answer as a model has drawn it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its tokens.
    pub answer: Answer,
    /// What was written, without the prompt.
    pub text: String,
    /// ln p of each written token by the model itself.
    pub log_p: Vec<f64>,
    /// The same by what it was drawn from, after temperature and cuts.
    pub log_drawn: Vec<f64>,
    /// Whether it came to its end before the context did.
    pub ended: bool,
}

/// One answer of `model`, which sees `context` tokens, for each seed, all to the same question: what comes
/// after an empty line. It ends with the next one, or with the context.
pub fn draw<S: Sizes, D: Kernels<f32> + Shareable>(
    model: &Gpt<S, f32, D>,
    (tokenizer, context): (&Tokens, usize),
    seeds: impl IntoIterator<Item = u64>,
    sampling: Sampling,
    workers: &Workers,
) -> Vec<Drawn> {
    let question = prompt("", tokenizer, true);
    let prompts: Vec<(Vec<usize>, u64)> = seeds.into_iter().map(|seed| (question.clone(), seed)).collect();
    let is_over = |new: &[usize]| ends_text(new, tokenizer);
    let written = write_many(model, &prompts, context, context, sampling, workers, is_over);
    let drawn = written.into_iter().map(|written| {
        let bytes = tokenizer.decode(&written.tokens).expect("the model's own tokens");
        Drawn {
            answer: Answer { tokens: [&question[..], &written.tokens].concat(), prompt: question.len() },
            text: String::from_utf8_lossy(&bytes).into_owned(),
            log_p: written.log_p,
            log_drawn: written.log_drawn,
            ended: written.ended,
        }
    });
    drawn.collect()
}

// ANCHOR: log_p
/// ln p by `model` of each token that was written, for each of `answers`.
pub fn log_p<M: LanguageModel<D>, D: Kernels<f32>>(
    model: &M,
    answers: &[&Answer],
    workers: &Workers,
) -> Vec<Vec<f64>> {
    workers.map(answers.to_vec(), |answer| {
        let read = &answer.tokens[..answer.tokens.len() - 1];
        let scores = model.logits(read);
        let rows = scores.chunks_exact(M::SHAPE.vocabulary).zip(&answer.tokens[1..]);
        rows.skip(answer.prompt - 1).map(|(scores, &token)| ln_p(scores, token)).collect()
    })
}
// ANCHOR_END: log_p

/// ln softmax of `scores` at one token.
fn ln_p(scores: &[f32], token: usize) -> f64 {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = scores.iter().map(|score| f64::from((score - largest).exp())).sum();
    f64::from(scores[token] - largest) - sum.ln()
}

/// ln p by `model` of all that was written together, for each of `answers`.
pub fn total_log_p<M: LanguageModel<D>, D: Kernels<f32>>(
    model: &M,
    answers: &[&Answer],
    workers: &Workers,
) -> Vec<f64> {
    workers.map(answers.to_vec(), |answer| {
        let batch = Batch::texts(&[(&answer.tokens, &answer.evenly(1.0))]);
        -f64::from(model.loss(&batch, NoneTape, &mut Dropout::off()).as_vec()[0])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::evaluate::bits;
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use std::f64::consts::LN_2;

    fn model() -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 1);
        model.tokens.weight = model.tokens.weight * 20.0;
        model
    }

    fn drawn() -> Vec<Drawn> {
        draw(&model(), (&Tokens::Bytes, 64), 0..12, Sampling::at(1.3), &Workers::alone())
    }

    #[test]
    fn what_the_sampler_says_of_its_tokens_the_model_says_too() {
        let (model, drawn) = (model(), drawn());
        let answers: Vec<&Answer> = drawn.iter().map(|drawn| &drawn.answer).collect();
        let read = log_p(&model, &answers, &Workers::alone());
        let whole = total_log_p(&model, &answers, &Workers::alone());
        assert_eq!((read.len(), whole.len()), (12, 12));
        for ((drawn, read), whole) in drawn.iter().zip(&read).zip(whole) {
            assert_eq!(read.len(), drawn.answer.written());
            assert_eq!(drawn.log_p.len(), read.len());
            for (a, b) in drawn.log_p.iter().zip(read) {
                // Scores near 10 in f32, through sums in another order.
                assert!((a - b).abs() < 1e-3, "{a} {b}");
            }
            assert!((read.iter().sum::<f64>() - whole).abs() < 1e-2);
        }
        assert!(drawn[0].log_drawn != drawn[0].log_p, "drawn at another temperature");
    }

    #[test]
    fn nothing_is_asked_about_the_prompt() {
        let answer = Answer { tokens: vec![5, 7, 9, 11, 13], prompt: 3 };
        assert_eq!(answer.evenly(0.5), [0.0, 0.0, 0.5, 0.5]);
        assert_eq!(answer.weights([1.0, 2.0]), [0.0, 0.0, 1.0, 2.0]);
        let of_all: Vec<f64> = bits(&model(), &answer.tokens).iter().map(|bits| -bits * LN_2).collect();
        let found = &log_p(&model(), &[&answer], &Workers::alone())[0];
        assert_eq!(found.len(), 2);
        assert!(found.iter().zip(&of_all[2..]).all(|(a, b)| (a - b).abs() < 1e-5));
    }

    #[test]
    fn an_answer_is_what_stands_behind_an_empty_line_up_to_the_next() {
        for Drawn { answer, text, ended, .. } in drawn() {
            assert_eq!((answer.tokens[0], answer.prompt), (usize::from(b'\n'), 1));
            assert_eq!(ended, text.ends_with("\n\n") && answer.written() > 1);
            assert!(answer.tokens.len() <= 65);
        }
    }
}
