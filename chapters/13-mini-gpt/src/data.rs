//! What the model reads: windows of tokens, and for each token the one that follows.

use rand::Rng;

/// A batch of windows: `inputs` and `targets` are both `(batch, context)`, laid out row by row; each target is the token after its input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Tokens to read.
    pub inputs: Vec<usize>,
    /// Tokens to predict.
    pub targets: Vec<usize>,
    /// How many windows.
    pub rows: usize,
}

impl Batch {
    // ANCHOR: random
    /// `rows` windows of `context` tokens from random places of `tokens`, drawn with replacement.
    ///
    /// # Panics
    /// When `tokens` has not more than `context` tokens.
    pub fn random(tokens: &[usize], rows: usize, context: usize, rng: &mut impl Rng) -> Self {
        let starts = u32::try_from(tokens.len() - context).expect("a text of less than four billion tokens");
        // Drawn as u32: a usize would draw other numbers on machines with 32-bit addresses.
        let starts: Vec<usize> = (0..rows).map(|_| rng.gen_range(0..starts) as usize).collect();
        Self::at(tokens, &starts, context)
    }
    // ANCHOR_END: random

    /// The windows of `context` tokens that start at `starts`.
    pub fn at(tokens: &[usize], starts: &[usize], context: usize) -> Self {
        let windows = |shift: usize| {
            starts.iter().flat_map(|s| &tokens[s + shift..s + shift + context]).copied().collect()
        };
        Self { inputs: windows(0), targets: windows(1), rows: starts.len() }
    }

    /// Parts of nearly equal size, at most `parts` of them, in order.
    pub fn split(&self, parts: usize) -> Vec<Self> {
        let context = self.inputs.len() / self.rows;
        let rows = self.rows.div_ceil(parts.clamp(1, self.rows));
        let part = |(inputs, targets): (&[usize], &[usize])| Self {
            inputs: inputs.to_vec(),
            targets: targets.to_vec(),
            rows: inputs.len() / context,
        };
        self.inputs.chunks(rows * context).zip(self.targets.chunks(rows * context)).map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensors::seeds;

    #[test]
    fn targets_are_the_inputs_one_step_later() {
        let tokens: Vec<usize> = (0..100).collect();
        let batch = Batch::random(&tokens, 7, 10, &mut seeds::generator(1));
        assert_eq!(batch.inputs.len(), 70);
        assert!(batch.inputs.iter().zip(&batch.targets).all(|(i, t)| t - i == 1));
    }

    #[test]
    fn parts_of_a_batch_make_up_the_batch() {
        let tokens: Vec<usize> = (0..100).collect();
        let batch = Batch::random(&tokens, 7, 10, &mut seeds::generator(1));
        for parts in 1..9 {
            let split = batch.split(parts);
            assert!(split.len() <= parts);
            assert_eq!(split.iter().flat_map(|b| b.targets.clone()).collect::<Vec<_>>(), batch.targets);
        }
    }
}
