//! What the model reads: windows of tokens, and for each token the one that follows.

use kernels::parallel::Parts;
use rand::Rng;
use tokens::Tokenizer;

/// What parts the texts of a corpus: an empty line.
pub const SEPARATOR: &str = "\n\n";

// ANCHOR: starts
/// Where windows may begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Starts {
    /// At any of so many tokens, from the first on.
    Anywhere(usize),
    /// Where a text begins: at the tokens that end an empty line.
    At(Vec<usize>),
}

impl Starts {
    /// For windows of `context` tokens: anywhere, or only where a text begins.
    ///
    /// # Panics
    /// When `tokens` has not more than `context` tokens.
    pub fn new(
        tokens: &[usize],
        context: usize,
        tokenizer: &impl Tokenizer,
        from_beginnings: bool,
    ) -> Self {
        if !from_beginnings {
            return Self::Anywhere(tokens.len() - context);
        }
        let fits = |start: &usize| start + context < tokens.len();
        Self::At(beginnings(tokens, tokenizer).into_iter().filter(fits).collect())
    }

    /// Whether no window can be drawn.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::At(starts) if starts.is_empty())
    }

    fn draw(&self, rng: &mut impl Rng) -> usize {
        // Drawn as u32: a usize would draw other numbers on machines with 32-bit addresses.
        let mut below = |count: usize| {
            rng.gen_range(0..u32::try_from(count).expect("a text of less than four billion tokens"))
                as usize
        };
        match self {
            Self::Anywhere(count) => below(*count),
            Self::At(starts) => starts[below(starts.len())],
        }
    }
}

/// The places of the tokens after which a text begins: those that end an empty line.
pub fn beginnings(tokens: &[usize], tokenizer: &impl Tokenizer) -> Vec<usize> {
    (0..tokens.len()).filter(|&i| ends_text(&tokens[..=i], tokenizer)).collect()
}

/// Whether the last of `tokens` ends an empty line.
pub fn ends_text(tokens: &[usize], tokenizer: &(impl Tokenizer + ?Sized)) -> bool {
    let ends_with = |count: usize, end: &str| {
        let last = tokenizer.decode(&tokens[tokens.len().saturating_sub(count)..]);
        last.is_ok_and(|bytes| bytes.ends_with(end.as_bytes()))
    };
    // Few tokens end a line: the others are told by one.
    ends_with(1, &SEPARATOR[1..]) && ends_with(2, SEPARATOR)
}
// ANCHOR_END: starts

/// The tokens of a prompt, laid out as what the model has read in training. One that has read texts
/// from their beginnings is shown where one begins; so is any model that is given nothing.
pub fn prompt(text: &str, tokenizer: &impl Tokenizer, from_beginnings: bool) -> Vec<usize> {
    let mut ids = tokenizer.encode(SEPARATOR);
    if !from_beginnings {
        return if text.is_empty() { ids } else { tokenizer.encode(text) };
    }
    let mut ids = ids.split_off(ids.len() - 1);
    ids.extend(tokenizer.encode(text));
    ids
}

/// A batch of windows: `inputs`, `targets` and `weights` are all `(rows, context)`, laid out row by
/// row; each target is the token after its input.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Tokens to read.
    pub inputs: Vec<usize>,
    /// Tokens to predict.
    pub targets: Vec<usize>,
    /// How much each target counts: with ℓ for its loss, that of the batch is Σ wℓ. `None`: all count
    /// alike, and the loss of the batch is their mean.
    pub weights: Option<Vec<f32>>,
    /// How many windows.
    pub rows: usize,
}

impl Batch {
    // ANCHOR: random
    /// `rows` windows of `context` tokens, drawn with replacement.
    ///
    /// # Panics
    /// When there is nowhere to start.
    pub fn random(
        tokens: &[usize],
        starts: &Starts,
        rows: usize,
        context: usize,
        rng: &mut impl Rng,
    ) -> Self {
        let starts: Vec<usize> = (0..rows).map(|_| starts.draw(rng)).collect();
        Self::at(tokens, &starts, context)
    }
    // ANCHOR_END: random

    /// The windows of `context` tokens that start at `starts`.
    pub fn at(tokens: &[usize], starts: &[usize], context: usize) -> Self {
        let windows = |shift: usize| {
            starts.iter().flat_map(|s| &tokens[s + shift..s + shift + context]).copied().collect()
        };
        Self { inputs: windows(0), targets: windows(1), weights: None, rows: starts.len() }
    }

    /// Texts of any length, each with a weight for every token after its first. A shorter one is
    /// filled up at its end with tokens that nothing is asked about: their targets have the weight 0,
    /// and in a causal model no position sees what comes after it.
    ///
    /// The loss is Σ wℓ. Weights of 1 and 0 train on a part of each text, such as the answers in it;
    /// for a mean see [`Self::mean`]. Weights of both signs, whose sum may be 0, are what comparing
    /// texts asks for: some are to become likelier, the others less likely.
    ///
    /// # Panics
    /// When a text has not one weight for every token after its first, or none has two tokens.
    pub fn texts(texts: &[(&[usize], &[f32])]) -> Self {
        let longest = texts.iter().map(|(tokens, _)| tokens.len()).max().unwrap_or_default();
        assert!(longest > 1, "no text has two tokens, one to read and one to predict");
        let context = longest - 1;
        let (mut inputs, mut targets, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for (tokens, weights) in texts {
            assert_eq!(weights.len() + 1, tokens.len(), "a weight for every token after the first");
            let end = all.len() + context;
            inputs.extend(&tokens[..weights.len()]);
            targets.extend(&tokens[1..]);
            all.extend_from_slice(weights);
            inputs.resize(end, 0);
            targets.resize(end, 0);
            all.resize(end, 0.0);
        }
        Self { inputs, targets, weights: Some(all), rows: texts.len() }
    }

    /// Texts of any length, of which every token after the first is asked: the loss is the mean over all of
    /// them, however many a text has.
    ///
    /// # Panics
    /// As [`Self::texts`].
    pub fn whole<'a>(texts: impl IntoIterator<Item = &'a [usize]>) -> Self {
        let texts: Vec<&[usize]> = texts.into_iter().collect();
        let ones = vec![1.0; texts.iter().map(|text| text.len()).max().unwrap_or_default()];
        let weighted = |text: &&'a [usize]| (*text, text.len().saturating_sub(1));
        let weighted = texts.iter().map(weighted).map(|(text, asked)| (text, &ones[..asked]));
        Self::texts(&weighted.collect::<Vec<_>>()).mean()
    }

    /// The same with the loss Σ wℓ / Σ w, a mean.
    ///
    /// # Panics
    /// When the weights do not sum to more than 0: of them there is no mean.
    #[must_use]
    pub fn mean(mut self) -> Self {
        if let Some(weights) = &mut self.weights {
            let sum: f64 = weights.iter().map(|&weight| f64::from(weight)).sum();
            assert!(sum > 0.0, "weights that sum to {sum} have no mean");
            for weight in weights {
                *weight = (f64::from(*weight) / sum) as f32;
            }
        }
        self
    }
}

impl Parts for Batch {
    fn split(&self, parts: usize) -> Vec<Self> {
        let context = self.inputs.len() / self.rows;
        let rows = self.rows.div_ceil(parts.clamp(1, self.rows));
        let part = |first: usize| {
            let rows = rows.min(self.rows - first);
            let places = first * context..(first + rows) * context;
            Self {
                inputs: self.inputs[places.clone()].to_vec(),
                targets: self.targets[places.clone()].to_vec(),
                weights: self.weights.as_ref().map(|weights| weights[places].to_vec()),
                rows,
            }
        };
        (0..self.rows).step_by(rows).map(part).collect()
    }

    fn tokens(&self) -> usize {
        self.inputs.len()
    }

    /// A mean counts by its rows, which are equally long; a weighted sum is a part of the batch's.
    fn weight(&self) -> f64 {
        if self.weights.is_some() { 1.0 } else { self.rows as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenizer::Tokens;
    use tensors::seeds;

    #[test]
    fn targets_are_the_inputs_one_step_later() {
        let tokens: Vec<usize> = (0..100).collect();
        let batch = Batch::random(&tokens, &Starts::Anywhere(90), 7, 10, &mut seeds::generator(1));
        assert_eq!(batch.inputs.len(), 70);
        assert!(batch.inputs.iter().zip(&batch.targets).all(|(i, t)| t - i == 1));
    }

    #[test]
    fn windows_begin_where_a_text_begins() {
        let text = "One.\n\nTwo\nlines.\n\nThree.\n\n";
        for vocabulary in [256, 260] {
            let tokenizer = Tokens::learn(vocabulary, &text.repeat(3)).unwrap();
            let tokens = tokenizer.encode(text);
            let Starts::At(starts) = Starts::new(&tokens, 2, &tokenizer, true) else {
                panic!("they are listed")
            };
            let after = |start: &usize| tokenizer.decode(&tokens[start + 1..]).unwrap();
            let after: Vec<Vec<u8>> = starts.iter().map(after).collect();
            assert_eq!(
                after,
                [&b"Two\nlines.\n\nThree.\n\n"[..], b"Three.\n\n"],
                "the last beginning has no window"
            );
            assert_eq!(Starts::new(&tokens, 2, &tokenizer, false), Starts::Anywhere(tokens.len() - 2));
        }
    }

    #[test]
    fn a_prompt_begins_where_the_windows_of_training_began() {
        for (text, from_beginnings, expected) in [
            ("Once", false, "Once"),
            ("", false, "\n\n"),
            // The token that ends an empty line is where a text begins.
            ("Once", true, "\nOnce"),
            ("", true, "\n"),
        ] {
            let ids = prompt(text, &Tokens::Bytes, from_beginnings);
            assert_eq!(Tokens::Bytes.decode(&ids).unwrap(), expected.as_bytes());
        }
    }

    #[test]
    fn parts_of_a_batch_make_up_the_batch() {
        let tokens: Vec<usize> = (0..100).collect();
        let batch = Batch::random(&tokens, &Starts::Anywhere(90), 7, 10, &mut seeds::generator(1));
        for parts in 1..9 {
            let split = batch.split(parts);
            assert!(split.len() <= parts);
            assert_eq!(split.iter().flat_map(|b| b.targets.clone()).collect::<Vec<_>>(), batch.targets);
            assert_eq!(split.iter().map(Parts::weight).sum::<f64>(), batch.weight());
        }
    }

    #[test]
    fn texts_of_any_length_are_filled_up_with_what_does_not_count() {
        let texts = [(&[5, 6, 7][..], &[1.0, 0.5][..]), (&[8], &[]), (&[1, 2, 3, 4], &[0.0, 1.0, -0.5])];
        let batch = Batch::texts(&texts);
        assert_eq!(batch.inputs, [5, 6, 0, 0, 0, 0, 1, 2, 3]);
        assert_eq!(batch.targets, [6, 7, 0, 0, 0, 0, 2, 3, 4]);
        let weights = [1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, -0.5];
        assert_eq!((batch.weights.as_deref(), batch.rows), (Some(&weights[..]), 3));
        let split = batch.split(2);
        assert_eq!(split[1], Batch::texts(&texts[2..]), "weights are cut where the tokens are");
        assert_eq!(split[0].weights.as_deref(), Some(&weights[..6]));
        // They sum to 2.
        assert_eq!(batch.mean().weights, Some(weights.map(|weight| weight / 2.0).to_vec()));
    }

    #[test]
    fn of_whole_texts_every_token_after_the_first_counts_alike() {
        let texts = [(&[5, 6, 7][..], &[1.0, 1.0][..]), (&[8], &[]), (&[1, 2], &[1.0])];
        assert_eq!(Batch::whole(texts.map(|(text, _)| text)), Batch::texts(&texts).mean());
    }

    #[test]
    #[should_panic(expected = "no text has two tokens")]
    fn texts_of_which_nothing_can_be_asked_are_no_batch() {
        let _ = Batch::texts(&[(&[1], &[])]);
    }

    #[test]
    #[should_panic(expected = "weights that sum to 0 have no mean")]
    fn of_weights_that_cancel_there_is_no_mean() {
        let _ = Batch::texts(&[(&[1, 2, 3], &[1.0, -1.0])]).mean();
    }

    #[test]
    fn a_window_may_reach_to_the_last_token_and_no_further() {
        let tokens = Tokens::Bytes.encode("One.\n\nTwo\nlines.\n\nThree.\n\n");
        let starts = |context| Starts::new(&tokens, context, &Tokens::Bytes, true);
        // Behind the newline at 17 come eight bytes, the last of them only to be predicted.
        assert_eq!((starts(8), starts(9)), (Starts::At(vec![5, 17]), Starts::At(vec![5])));
        assert_eq!(Batch::at(&tokens, &[17], 8).targets, &tokens[18..]);
    }
}
