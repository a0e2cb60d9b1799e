//! A loss on some of the tokens: an example is a prompt with its answer, and the model may be asked for both, or for
//! the answer only.

use crate::Error;
use gpt::data::Batch;
use rand::Rng;

// ANCHOR: example
/// A prompt with its answer, as tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    tokens: Vec<usize>,
    /// Where the answer begins.
    answer: usize,
}

/// Which tokens of an example the loss is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Those of the answer.
    Answer,
    /// All but the first, which nothing comes before.
    All,
}

impl Example {
    /// The example of this prompt and answer, for a model that sees `context` tokens.
    ///
    /// # Errors
    /// When the prompt or the answer is empty, or both together do not fit the context.
    pub fn new(prompt: &[usize], answer: &[usize], context: usize) -> Result<Self, String> {
        if prompt.is_empty() {
            return Err("its prompt is empty, and a model continues a text".to_owned());
        }
        if answer.is_empty() {
            return Err("its answer is empty: there is nothing to learn from it".to_owned());
        }
        let tokens = [prompt, answer].concat();
        // The last token is predicted, and not read.
        if tokens.len() > context + 1 {
            let (has, most) = (tokens.len(), context + 1);
            return Err(format!("it has {has} tokens, and the model has room for {most}"));
        }
        Ok(Self { tokens, answer: prompt.len() })
    }

    /// What is read before the answer.
    pub fn prompt(&self) -> &[usize] {
        &self.tokens[..self.answer]
    }

    /// All its tokens.
    pub fn tokens(&self) -> &[usize] {
        &self.tokens
    }

    // ANCHOR: weights
    /// A weight for every token after the first: 1 where it is asked, 0 where it is only read.
    pub fn weights(&self, asked: Asked) -> Vec<f32> {
        let counts = |place| f32::from(asked == Asked::All || place >= self.answer);
        (1..self.tokens.len()).map(counts).collect()
    }
    // ANCHOR_END: weights
}

/// A batch of examples. Its loss is the mean over all tokens that are asked.
///
/// # Panics
/// When there are no examples.
pub fn batch(examples: &[&Example], asked: Asked) -> Batch {
    let weights: Vec<Vec<f32>> = examples.iter().map(|example| example.weights(asked)).collect();
    let texts: Vec<(&[usize], &[f32])> =
        examples.iter().zip(&weights).map(|(example, weights)| (example.tokens(), &weights[..])).collect();
    Batch::texts(&texts).mean()
}
// ANCHOR_END: example

/// What a model reads while it is adapted: examples of what is new, and maybe some of what it knows already, so that
/// it does not forget it (**replay**).
#[derive(Debug, Clone)]
pub struct Diet {
    /// What is to be learned.
    pub new: Vec<Example>,
    /// What is not to be forgotten.
    pub old: Vec<Example>,
    /// How many examples of a batch are of the latter.
    pub old_in_batch: usize,
    /// Which tokens of the former are asked. Of the latter all are.
    pub asked: Asked,
}

impl Diet {
    /// Only what is new.
    ///
    /// # Errors
    /// [`Error::NoExamples`].
    pub fn new(examples: Vec<Example>, asked: Asked) -> Result<Self, Error> {
        if examples.is_empty() {
            return Err(Error::NoExamples);
        }
        Ok(Self { new: examples, old: Vec::new(), old_in_batch: 0, asked })
    }

    /// The same with so many of `old` in each batch.
    #[must_use]
    pub fn with(self, old: Vec<Example>, old_in_batch: usize) -> Self {
        Self { old, old_in_batch, ..self }
    }

    /// A batch of `rows` examples, drawn with replacement.
    ///
    /// # Panics
    /// When old examples are to be drawn and there are none, or there are to be more of them than rows.
    pub fn draw(&self, rows: usize, rng: &mut impl Rng) -> Batch {
        // u32: a draw of usize differs from machine to machine.
        let mut one =
            |from: &[Example]| -> Example { from[rng.gen_range(0..from.len() as u32) as usize].clone() };
        let new: Vec<Example> = (self.old_in_batch..rows).map(|_| one(&self.new)).collect();
        let old: Vec<Example> = (0..self.old_in_batch).map(|_| one(&self.old)).collect();
        let weights: Vec<Vec<f32>> = new
            .iter()
            .map(|example| example.weights(self.asked))
            .chain(old.iter().map(|example| example.weights(Asked::All)))
            .collect();
        let all = new.iter().chain(&old).zip(&weights);
        Batch::texts(&all.map(|(example, weights)| (example.tokens(), &weights[..])).collect::<Vec<_>>())
            .mean()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::Dropout;
    use dfdx::prelude::{BuildModule, Cpu, NoneTape};
    use gpt::evaluate::log_softmax;
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use gpt::{Gpt, LanguageModel};
    use tensors::seeds;

    fn examples() -> Vec<Example> {
        let example = |prompt: &[usize], answer: &[usize]| Example::new(prompt, answer, 64).unwrap();
        vec![
            example(&[5, 9, 200, 7], &[33, 34, 10]),
            example(&[1], &[90, 91, 92, 93, 94, 95, 10]),
            example(&[17, 18, 19], &[40]),
        ]
    }

    #[test]
    fn the_loss_is_the_mean_over_the_tokens_that_are_asked() {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 3);
        let examples = examples();
        let all: Vec<&Example> = examples.iter().collect();
        for asked in [Asked::Answer, Asked::All] {
            // Token by token, each example alone.
            let mut losses = Vec::new();
            for example in &examples {
                let tokens = example.tokens();
                let scores = model.logits(&tokens[..tokens.len() - 1]);
                for (place, scores) in (1..).zip(scores.chunks_exact(256)) {
                    if asked == Asked::All || place >= example.prompt().len() {
                        losses.push(-log_softmax(scores)[tokens[place]]);
                    }
                }
            }
            let expected = losses.iter().sum::<f64>() / losses.len() as f64;
            let found = model.loss(&batch(&all, asked), NoneTape, &mut Dropout::off()).as_vec()[0];
            assert!((f64::from(found) - expected).abs() < 1e-5, "{asked:?}: {found}, expected {expected}");
        }
    }

    #[test]
    fn a_prompt_is_read_and_not_asked() {
        assert_eq!(examples()[0].weights(Asked::Answer), [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
        assert_eq!(examples()[0].weights(Asked::All), [1.0; 6]);
        // Only one token is read before this answer.
        assert_eq!(examples()[1].weights(Asked::Answer), [1.0; 7]);
    }

    #[test]
    fn what_teaches_nothing_or_does_not_fit_is_refused() {
        assert!(Example::new(&[1], &[], 8).unwrap_err().contains("answer is empty"));
        assert!(Example::new(&[], &[1], 8).unwrap_err().contains("prompt is empty"));
        assert!(
            Example::new(&[1; 4], &[1; 6], 8)
                .unwrap_err()
                .contains("has 10 tokens, and the model has room for 9")
        );
        assert!(Example::new(&[1; 4], &[1; 5], 8).is_ok());
        assert!(matches!(Diet::new(Vec::new(), Asked::All), Err(Error::NoExamples)));
    }

    #[test]
    fn a_batch_has_as_many_old_examples_as_it_should() {
        let examples = examples();
        let old = vec![Example::new(&[7], &[7, 7], 64).unwrap()];
        let diet = Diet::new(examples, Asked::Answer).unwrap().with(old, 2);
        let mut rng = seeds::generator(1);
        for _ in 0..20 {
            let batch = diet.draw(5, &mut rng);
            let context = batch.inputs.len() / 5;
            let is_old = |row: &[usize]| row[..2] == [7, 7];
            let rows = batch.inputs.chunks_exact(context);
            assert_eq!(rows.map(is_old).collect::<Vec<_>>(), [false, false, false, true, true]);
        }
    }
}
