//! The model writes, one token at a time: scores for the next one, a choice, and again.

use crate::cache::Cached;
use crate::sampling::Sampling;
use kernels::Kernels;
use rand::Rng;
use std::marker::PhantomData;

// ANCHOR: writer
/// A text in the making. The model sees a window of at most `context` tokens at its end.
#[derive(Debug, Clone)]
pub struct Writer<'a, M: Cached<D>, D: Kernels<f32>> {
    model: &'a M,
    context: usize,
    text: Vec<usize>,
    /// Where the window begins.
    window: usize,
    /// What the model keeps of the tokens that it has read, and how many they are. Without it
    /// everything is read anew for each token.
    past: Option<(M::Past, usize)>,
    device: PhantomData<D>,
}

impl<'a, M: Cached<D>, D: Kernels<f32>> Writer<'a, M, D> {
    /// Begins with `text`.
    ///
    /// # Panics
    /// When there is no text to begin with.
    pub fn new(model: &'a M, context: usize, text: Vec<usize>) -> Self {
        assert!(!text.is_empty(), "a model continues a text: it needs a first token");
        let window = text.len().saturating_sub(context);
        Self { model, context, text, window, past: Some((M::Past::default(), window)), device: PhantomData }
    }

    /// The same, without a cache.
    #[must_use]
    pub fn without_cache(self) -> Self {
        Self { past: None, ..self }
    }

    /// All tokens so far.
    pub fn text(&self) -> &[usize] {
        &self.text
    }

    /// The last tokens, as many as a window holds.
    pub fn recent(&self) -> &[usize] {
        &self.text[self.text.len().saturating_sub(self.context)..]
    }

    /// The scores of the next token. Ask once for each token.
    pub fn logits(&mut self) -> Vec<f32> {
        if self.text.len() - self.window > self.context {
            // The window is full and must move. Every token is then at another position than
            // before, and nothing that was kept is true any more: so it moves by half of its
            // length, and a long text is read anew seldom.
            self.see_last(self.context.div_ceil(2));
        }
        match &mut self.past {
            None => self.model.next_logits(&self.text[self.window..]),
            Some((past, read)) => {
                let new = &self.text[std::mem::replace(read, self.text.len())..];
                self.model.read(new, past)
            }
        }
    }

    /// Moves the window: from now on the model sees the last `tokens` tokens and what comes after
    /// them.
    pub fn see_last(&mut self, tokens: usize) {
        self.window = self.text.len() - tokens;
        self.past = self.past.take().map(|_| (M::Past::default(), self.window));
    }

    /// Appends a token.
    pub fn push(&mut self, token: usize) {
        self.text.push(token);
    }

    /// Chooses the next token and appends it.
    pub fn write(&mut self, sampling: &Sampling, rng: &mut impl Rng) -> usize {
        let logits = self.logits();
        let next = sampling.draw(&logits, self.recent(), rng);
        self.push(next);
        next
    }
}
// ANCHOR_END: writer

/// Continues `tokens` until `done` says so or `limit` tokens are written; returns the new ones. The
/// model sees the last `context` tokens.
pub fn generate<M: Cached<D>, D: Kernels<f32>>(
    model: &M,
    tokens: &[usize],
    context: usize,
    limit: usize,
    sampling: Sampling,
    rng: &mut impl Rng,
    mut done: impl FnMut(&[usize]) -> bool,
) -> Vec<usize> {
    let mut writer = Writer::new(model, context, tokens.to_vec());
    let mut new = Vec::new();
    while new.len() < limit {
        new.push(writer.write(&sampling, rng));
        if done(&new) {
            break;
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::Gpt;
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use tensors::seeds;

    fn model() -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 1);
        model
    }

    #[test]
    fn the_same_seed_writes_the_same_text_beyond_the_context() {
        let model = model();
        let sampling = Sampling { top_k: Some(40), ..Sampling::at(1.0) };
        let write =
            |seed| generate(&model, &[1, 2, 3], 8, 20, sampling, &mut seeds::generator(seed), |_| false);
        assert_eq!(write(5).len(), 20);
        assert_eq!(write(5), write(5));
        assert_ne!(write(5), write(6));
    }

    #[test]
    fn what_is_before_the_window_is_forgotten() {
        let model = model();
        let mut writer = Writer::new(&model, 24, vec![1, 2, 3]);
        writer.logits();
        writer.push(7);
        writer.see_last(1);
        assert_eq!(writer.logits(), Writer::new(&model, 24, vec![7]).logits());
        assert_eq!(writer.text(), [1, 2, 3, 7]);
    }

    #[test]
    fn the_cache_does_not_change_the_scores_at_any_step() {
        let model = model();
        let mut with = Writer::new(&model, 24, vec![1, 2, 3]);
        let mut without = Writer::new(&model, 24, vec![1, 2, 3]).without_cache();
        let mut rng = seeds::generator(9);
        // 60 tokens: far beyond the 24 that the model sees.
        for step in 0..60 {
            let (cached, anew) = (with.logits(), without.logits());
            assert_eq!(cached.len(), anew.len());
            let far = cached.iter().zip(anew).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            // Scores near 1, through two blocks in f32 with sums in another order.
            assert!(far < 1e-4, "step {step}: {far}");
            let next = rng.gen_range(0..256_u32) as usize;
            with.push(next);
            without.push(next);
        }
    }

    #[test]
    fn the_window_grows_to_the_context_and_then_moves_by_half() {
        let model = model();
        let seen = |text: usize| -> Vec<usize> {
            let mut writer = Writer::new(&model, 8, vec![1; text]);
            let mut next = || {
                writer.logits();
                writer.push(2);
                writer.text().len() - 1 - writer.window
            };
            (0..8).map(|_| next()).collect()
        };
        assert_eq!(seen(3), [3, 4, 5, 6, 7, 8, 4, 5]);
        assert_eq!(seen(20), [8, 4, 5, 6, 7, 8, 4, 5], "of a long text its end is read");
    }

    #[test]
    fn a_penalty_looks_at_what_was_written() {
        let model = model();
        let write = |repetition_penalty| {
            let sampling = Sampling { repetition_penalty, ..Sampling::at(0.0) };
            let mut ids = generate(&model, &[1], 24, 10, sampling, &mut seeds::generator(1), |_| false);
            ids.sort_unstable();
            ids.dedup();
            ids.len()
        };
        assert_eq!((write(1.0), write(1000.0)), (2, 10), "different tokens of ten");
    }

    #[test]
    fn a_text_ends_where_it_is_done() {
        let (model, mut rng) = (model(), seeds::generator(1));
        let ids = generate(&model, &[1, 2, 3], 8, 20, Sampling::at(1.0), &mut rng, |new| new.len() == 3);
        assert_eq!(ids.len(), 3);
    }
}
