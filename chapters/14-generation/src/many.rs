//! Many texts at once, and how likely their tokens were.
//!
//! One text is written token by token, and for each of them every weight of the model is fetched
//! from memory to be multiplied with a single row of numbers. Texts that are written in step share
//! the fetching: see [`side_by_side`](crate::side_by_side).

use crate::sampling::Sampling;
use crate::side_by_side::{TextPast, read};
use dfdx::prelude::ConstDim;
use gpt::evaluate::log_softmax;
use gpt::{Gpt, Sizes};
use kernels::{Kernels, Shareable, Workers};
use rand_chacha::ChaCha8Rng;
use tensors::seeds;

/// Texts that are written in step at most.
const GROUP: usize = 64;

// ANCHOR: written
/// What was written after a prompt.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// The new tokens.
    pub tokens: Vec<usize>,
    /// ln p of each of them by the model itself, after all tokens before it: minus what
    /// [`LanguageModel::loss`](gpt::LanguageModel::loss) says of it.
    pub log_p: Vec<f64>,
    /// The same by what it was drawn from: after temperature, cuts and penalty.
    pub log_drawn: Vec<f64>,
    /// Whether it came to its end, before the limit and the end of the model's context.
    pub ended: bool,
}
// ANCHOR_END: written

/// Continues each of `prompts`, tokens and the seed of the text's own draws, as
/// [`generate`](crate::generate) does one after another: until `done` says so of the new tokens, or
/// `limit` are written.
///
/// The window does not move, as all that was kept would be lost, and a token's probability would not
/// be that of the model's loss any more: a text ends when the model has read `context` tokens of it,
/// the prompt included, and has chosen the one after them.
///
/// Same seeds, same texts: threads change nothing at all. Other texts beside it change a text's
/// probabilities by a rounding, since sums of products may be added in another order: two texts can
/// only differ where a draw fell between the two.
///
/// # Panics
/// When a prompt is empty or longer than `context`, or `context` is longer than the model's.
pub fn write_many<S: Sizes, D: Kernels<f32> + Shareable>(
    model: &Gpt<S, f32, D>,
    prompts: &[(Vec<usize>, u64)],
    context: usize,
    limit: usize,
    sampling: Sampling,
    workers: &Workers,
    done: impl Fn(&[usize]) -> bool + Shareable,
) -> Vec<Written> {
    let longest = <S::Context as ConstDim>::SIZE;
    assert!(context <= longest, "a context of {context}, but only {longest} positions were learned");
    // Two at least, so that a few texts are work for two threads; the same on any number of them.
    let size = prompts.len().div_ceil(2).clamp(1, GROUP);
    let groups = prompts.chunks(size).collect();
    workers.map(groups, |group| in_step(model, group, context, limit, sampling, &done)).concat()
}

/// A text in the making.
struct Text {
    /// All tokens, those of the prompt first.
    tokens: Vec<usize>,
    past: TextPast,
    rng: ChaCha8Rng,
    written: Written,
}

// ANCHOR: in_step
/// The same on one thread, all of `prompts` in step.
fn in_step<S: Sizes, D: Kernels<f32> + Shareable>(
    model: &Gpt<S, f32, D>,
    prompts: &[(Vec<usize>, u64)],
    context: usize,
    limit: usize,
    sampling: Sampling,
    done: &impl Fn(&[usize]) -> bool,
) -> Vec<Written> {
    let mut texts: Vec<Text> =
        prompts.iter().map(|(prompt, seed)| Text::new(prompt, *seed, context)).collect();
    loop {
        let is_open = |text: &&mut Text| {
            let Text { tokens, written, .. } = text;
            !written.ended && written.tokens.len() < limit && tokens.len() <= context
        };
        let mut open: Vec<&mut Text> = texts.iter_mut().filter(is_open).collect();
        if open.is_empty() {
            return texts.into_iter().map(|text| text.written).collect();
        }
        let mut new: Vec<_> = open.iter_mut().map(|text| text.unread()).collect();
        let scores = read(model, &mut new);
        for (text, scores) in open.into_iter().zip(scores.chunks_exact(<S::Vocab as ConstDim>::SIZE)) {
            text.write(scores, &sampling);
            text.written.ended = done(&text.written.tokens);
        }
    }
}
// ANCHOR_END: in_step

impl Text {
    fn new(prompt: &[usize], seed: u64, context: usize) -> Self {
        assert!(!prompt.is_empty(), "a model continues a text: it needs a first token");
        assert!(
            prompt.len() <= context,
            "a prompt of {} tokens, but the model sees {context}",
            prompt.len()
        );
        let (past, written) = (TextPast::default(), Written::default());
        Self { tokens: prompt.to_vec(), past, rng: seeds::generator(seed), written }
    }

    /// The tokens that the model has not read: the prompt, or the last.
    fn unread(&mut self) -> (&[usize], &mut TextPast) {
        (&self.tokens[self.past.tokens()..], &mut self.past)
    }

    /// Chooses the next token from its scores and appends it.
    fn write(&mut self, scores: &[f32], sampling: &Sampling) {
        let (token, p) = sampling.draw_with_p(scores, &self.tokens, &mut self.rng);
        let log_drawn = p.ln();
        let log_p = if sampling.is_plain() { log_drawn } else { log_softmax(scores)[token] };
        self.tokens.push(token);
        self.written.tokens.push(token);
        self.written.log_p.push(log_p);
        self.written.log_drawn.push(log_drawn);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::generate;
    use deep_networks::Dropout;
    use dfdx::prelude::{BuildModule, Cpu, NoneTape};
    use gpt::data::Batch;
    use gpt::initialise::initialise;
    use gpt::{LanguageModel, sizes::Tiny};

    const CONTEXT: usize = 24;

    /// A random model whose scores are far enough apart for cuts to matter.
    fn model() -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 1);
        model.tokens.weight = model.tokens.weight * 20.0;
        model
    }

    /// Prompts of 1 to 24 tokens.
    fn prompts(count: u64) -> Vec<(Vec<usize>, u64)> {
        let prompt = |seed: u64| {
            let length = 1 + seed as usize * 7 % CONTEXT;
            (0..length).map(|i| (i * i + 31 * seed as usize) % 256).collect()
        };
        (0..count).map(|seed| (prompt(seed), 1000 + seed)).collect()
    }

    fn samplings() -> [Sampling; 6] {
        [
            Sampling::at(0.0),
            Sampling::at(0.7),
            Sampling::at(1.0),
            Sampling { top_k: Some(5), ..Sampling::at(1.3) },
            Sampling { top_p: Some(0.8), min_p: Some(0.01), ..Sampling::at(1.0) },
            Sampling { repetition_penalty: 1.4, ..Sampling::at(0.9) },
        ]
    }

    /// Ends some texts early, and some never.
    fn done(new: &[usize]) -> bool {
        new.last().is_some_and(|token| token % 16 == 3)
    }

    fn write(count: u64, sampling: Sampling) -> Vec<Written> {
        write_many(&model(), &prompts(count), CONTEXT, 15, sampling, &Workers::alone(), done)
    }

    #[test]
    fn side_by_side_the_texts_are_those_that_are_written_one_after_another() {
        let (model, prompts) = (model(), prompts(24));
        for sampling in samplings() {
            let written = write(24, sampling);
            assert_eq!(written.len(), 24);
            for (written, (prompt, seed)) in written.iter().zip(&prompts) {
                // Alone a text could go on: the window would move. Here it ends with its context.
                let limit = 15.min(CONTEXT + 1 - prompt.len());
                let mut rng = seeds::generator(*seed);
                let alone = generate(&model, prompt, CONTEXT, limit, sampling, &mut rng, done);
                assert_eq!(written.tokens, alone, "{} tokens, {sampling:?}", prompt.len());
                assert_eq!(written.ended, done(&alone));
            }
        }
        let lengths: Vec<usize> =
            write(24, Sampling::at(1.0)).iter().map(|text| text.tokens.len()).collect();
        assert!(lengths.contains(&15) && lengths.iter().any(|&length| length < 8), "{lengths:?}");
    }

    #[test]
    fn the_models_log_probabilities_are_those_of_its_loss() {
        let model = model();
        for sampling in samplings() {
            for ((prompt, _), written) in prompts(10).iter().zip(write(10, sampling)) {
                let text = [&prompt[..], &written.tokens].concat();
                assert_eq!(written.log_p.len(), written.tokens.len());
                for (i, log_p) in written.log_p.iter().enumerate() {
                    let mut weights = vec![0.0; text.len() - 1];
                    weights[prompt.len() - 1 + i] = 1.0;
                    let batch = Batch::texts(&[(&text, &weights)]);
                    let loss = model.loss(&batch, NoneTape, &mut Dropout::off()).as_vec()[0];
                    assert!((f64::from(loss) + log_p).abs() < 1e-4, "{loss} {log_p}");
                }
            }
        }
    }

    #[test]
    fn the_drawn_log_probabilities_are_those_of_the_choices() {
        let model = model();
        for sampling in samplings() {
            for ((prompt, _), written) in prompts(10).iter().zip(write(10, sampling)) {
                let mut text = prompt.clone();
                assert_eq!(written.log_drawn.len(), written.tokens.len());
                for (token, log_drawn) in written.tokens.into_iter().zip(written.log_drawn) {
                    let choices = sampling.choices(&model.next_logits(&text), &text);
                    let p = choices.iter().find(|choice| choice.0 == token).expect("it could be drawn").1;
                    assert!((p.ln() - log_drawn).abs() < 1e-4, "{} {log_drawn}", p.ln());
                    text.push(token);
                }
            }
        }
        for Written { log_p, log_drawn, .. } in write(10, Sampling::at(1.0)) {
            assert!(log_p.iter().zip(log_drawn).all(|(a, b)| (a - b).abs() < 1e-6), "nothing is changed");
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let (model, prompts, sampling) = (model(), prompts(3 * GROUP as u64 + 5), Sampling::at(1.0));
        let write = |workers: Workers| write_many(&model, &prompts, CONTEXT, 6, sampling, &workers, done);
        let alone = write(Workers::alone());
        assert_eq!(alone.len(), prompts.len());
        for threads in 1..4 {
            assert_eq!(write(Workers::with(threads)), alone, "{threads} threads");
        }
    }

    #[test]
    fn the_texts_beside_it_change_a_text_by_no_more_than_rounding() {
        let (model, prompts, sampling) = (model(), prompts(12), Sampling::at(1.0));
        let together = in_step(&model, &prompts, CONTEXT, 15, sampling, &done);
        for size in [1, 2, 5] {
            let groups = prompts.chunks(size);
            let apart: Vec<Written> =
                groups.flat_map(|group| in_step(&model, group, CONTEXT, 15, sampling, &done)).collect();
            assert_eq!(apart.len(), together.len());
            for (apart, together) in apart.iter().zip(&together) {
                assert_eq!(apart.tokens, together.tokens, "{size} side by side");
                assert_eq!(apart.ended, together.ended);
                for (a, b) in apart.log_p.iter().zip(&together.log_p) {
                    assert!((a - b).abs() < 1e-4, "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn a_text_ends_with_the_context_and_what_was_not_asked_for_is_not_written() {
        let (model, sampling) = (model(), Sampling::at(1.0));
        let write = |prompts: &[(Vec<usize>, u64)], limit| {
            write_many(&model, prompts, CONTEXT, limit, sampling, &Workers::alone(), |_| false)
        };
        let prompts = [(vec![1; CONTEXT], 1), (vec![2; 20], 2)];
        let lengths: Vec<usize> = write(&prompts, 100).iter().map(|text| text.tokens.len()).collect();
        // The token after a full context is chosen, and not read.
        assert_eq!(lengths, [1, 5]);
        assert_eq!(write(&prompts, 0), [Written::default(), Written::default()]);
        assert_eq!(write(&[], 5), []);
    }

    #[test]
    #[should_panic(expected = "it needs a first token")]
    fn a_text_without_a_beginning_is_refused() {
        in_step(&model(), &[(vec![1], 1), (vec![], 2)], CONTEXT, 5, Sampling::at(1.0), &done);
    }

    #[test]
    #[should_panic(expected = "only 64 positions were learned")]
    fn a_context_longer_than_the_models_is_refused() {
        write_many(&model(), &prompts(1), 65, 1, Sampling::at(1.0), &Workers::alone(), done);
    }

    #[test]
    #[should_panic(expected = "a prompt of 25 tokens, but the model sees 24")]
    fn a_prompt_longer_than_the_context_is_refused() {
        in_step(&model(), &[(vec![1; CONTEXT + 1], 1)], CONTEXT, 5, Sampling::at(1.0), &done);
    }
}
