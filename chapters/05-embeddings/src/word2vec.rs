//! word2vec: skip-gram with negative sampling (Mikolov et al. 2013b), as its published program does
//! it.
//!
//! Each word w has two vectors, v_w as a centre and u_w as a neighbour. For a centre w, a true
//! neighbour c and k words n drawn as noise, the loss is −ln σ(u_c · v_w) − Σ ln σ(−u_n · v_w).
//! Nothing else: no hidden layer, no bend. The noise is drawn by count^¾.

use crate::EmbeddingError;
use crate::vocabulary::{Vocabulary, check_window};
use rand::Rng;
use rand::distributions::{Distribution, WeightedIndex};
use rand_chacha::ChaCha8Rng;
use tensors::seeds;

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The most words to each side; for each centre, the window is drawn from 1 to this.
    pub window: usize,
    /// Noise words for each true neighbour.
    pub negatives: usize,
    /// Words of a larger share of the corpus than this are left out more and more often. 1 leaves
    /// out none.
    pub subsample: f64,
    /// The learning rate, which falls in a straight line to nearly 0.
    pub rate: f32,
    /// Times through the corpus.
    pub epochs: usize,
    /// Of the first vectors, the windows, the noise.
    pub seed: u64,
}

impl Default for Settings {
    /// For a corpus of some ten thousand words: more epochs and larger steps than the published
    /// program takes for billions of them.
    fn default() -> Self {
        Self { window: 4, negatives: 5, subsample: 0.001, rate: 0.05, epochs: 20, seed: 1 }
    }
}

/// The two vectors of each word.
#[derive(Debug, Clone, PartialEq)]
pub struct Word2Vec<const DIM: usize> {
    /// As a centre: these are the embeddings.
    pub centre: Vec<[f32; DIM]>,
    /// As a neighbour.
    pub neighbour: Vec<[f32; DIM]>,
}

// ANCHOR: keep
/// How likely a word of a share f of the corpus is kept: (√(f/t) + 1)·t/f, at most 1, with t the
/// threshold `subsample`. The published program's rule; the paper has √(t/f).
pub fn kept(share: f64, subsample: f64) -> f64 {
    (((share / subsample).sqrt() + 1.0) * subsample / share).min(1.0)
}
// ANCHOR_END: keep

// ANCHOR: pair
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// One pair of centre `v` and neighbour `u`: `label` is 1 for a true neighbour and 0 for noise.
/// Moves `u` against its gradient, adds to `change` what `v` is to move by, and returns the loss in
/// nats.
///
/// ∂loss/∂(u·v) = σ(u·v) − label, so the gradient by u is (σ − label)·v and the one by v is
/// (σ − label)·u.
fn pair<const DIM: usize>(
    v: &[f32; DIM],
    u: &mut [f32; DIM],
    label: f32,
    rate: f32,
    change: &mut [f32; DIM],
) -> f32 {
    let score: f32 = u.iter().zip(v).map(|(u, v)| u * v).sum();
    let step = -rate * (sigmoid(score) - label);
    for ((change, u), v) in change.iter_mut().zip(u).zip(v) {
        *change += step * *u;
        *u += step * v;
    }
    // −ln σ(x) = ln(1 + e^−x), in a form that does not overflow.
    let margin = if label > 0.5 { score } else { -score };
    (-margin.abs()).exp().ln_1p() + (-margin).max(0.0)
}
// ANCHOR_END: pair

impl<const DIM: usize> Word2Vec<DIM> {
    /// Vectors before training: the centres small and random, the neighbours 0.
    fn start(size: usize, rng: &mut ChaCha8Rng) -> Self {
        let half = 0.5 / DIM as f32;
        let centre = (0..size).map(|_| std::array::from_fn(|_| rng.gen_range(-half..half))).collect();
        Self { centre, neighbour: vec![[0.0; DIM]; size] }
    }

    // ANCHOR: train
    /// Learns the vectors of the words of `sentences`. `watch` sees each epoch and its mean loss
    /// for a true neighbour with its noise.
    ///
    /// # Errors
    /// [`EmbeddingError::EmptyCorpus`], [`EmbeddingError::Window`], or
    /// [`EmbeddingError::NotANumber`] when the loss diverges.
    pub fn train(
        sentences: &[Vec<usize>],
        vocabulary: &Vocabulary,
        settings: &Settings,
        mut watch: impl FnMut(usize, f64),
    ) -> Result<Self, EmbeddingError> {
        check_window(sentences, settings.window)?;
        let mut rng = seeds::generator(settings.seed);
        let mut model = Self::start(vocabulary.size(), &mut rng);
        let noise = WeightedIndex::new(vocabulary.counts().iter().map(|&count| (count as f64).powf(0.75)))
            .expect("a vocabulary has words, and each was seen");
        let words: usize = sentences.iter().map(Vec::len).sum();
        let mut read = 0;
        for epoch in 0..settings.epochs {
            let (mut loss, mut pairs) = (0.0, 0.0);
            for sentence in sentences {
                let done = read as f32 / (words * settings.epochs) as f32;
                let rate = settings.rate * (1.0 - done).max(1e-4);
                let left: Vec<usize> = sentence
                    .iter()
                    .copied()
                    .filter(|&word| {
                        let share = vocabulary.counts()[word] as f64 / words as f64;
                        rng.r#gen::<f64>() < kept(share, settings.subsample)
                    })
                    .collect();
                for i in 0..left.len() {
                    let window = rng.gen_range(1..=settings.window as u32) as usize;
                    let around = i.saturating_sub(window)..left.len().min(i + window + 1);
                    for j in around.filter(|&j| j != i) {
                        loss += model.step(left[i], left[j], settings.negatives, rate, &noise, &mut rng);
                        pairs += 1.0;
                    }
                }
                read += sentence.len();
            }
            let mean = loss / f64::max(pairs, 1.0);
            if !mean.is_finite() {
                return Err(EmbeddingError::NotANumber { epoch, loss: mean });
            }
            watch(epoch, mean);
        }
        Ok(model)
    }

    /// One true neighbour and its noise.
    fn step(
        &mut self,
        centre: usize,
        neighbour: usize,
        negatives: usize,
        rate: f32,
        noise: &WeightedIndex<f64>,
        rng: &mut ChaCha8Rng,
    ) -> f64 {
        let (v, mut change) = (&mut self.centre[centre], [0.0; DIM]);
        let mut loss = pair(v, &mut self.neighbour[neighbour], 1.0, rate, &mut change);
        for _ in 0..negatives {
            let word = noise.sample(rng);
            if word != neighbour {
                loss += pair(v, &mut self.neighbour[word], 0.0, rate, &mut change);
            }
        }
        for (v, change) in v.iter_mut().zip(change) {
            *v += change;
        }
        f64::from(loss)
    }
    // ANCHOR_END: train
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge;
    use crate::space::Space;
    use crate::world::{RELATIONS, sentences};
    use dfdx::prelude::{AsArray, Backward, Cpu, PermuteTo, SumTo, TensorFrom, Trace, TryMatMul};

    #[test]
    fn one_step_moves_against_the_gradient_that_dfdx_finds() {
        let dev = Cpu::default();
        let v0 = [0.3_f32, -0.2, 0.5];
        let us0 = [[0.1_f32, 0.4, -0.3], [-0.6, 0.2, 0.9], [0.2, 0.2, 0.2]];
        let labels = [1.0_f32, 0.0, 0.0];
        // Σ ln(1 + e^x), where x is −u·v for the neighbour and u·v for the noise.
        let (v, us) = (dev.tensor(v0), dev.tensor(us0));
        let scores = v.leaky_trace().matmul(us.permute()) * dev.tensor([-1.0_f32, 1.0, 1.0]);
        let loss = (scores.exp() + 1.0).ln().sum();
        let expected = loss.array();
        let gradient = loss.backward().get(&v).array();
        let (mut change, mut total, mut moved) = ([0.0; 3], 0.0, us0);
        for (u, label) in moved.iter_mut().zip(labels) {
            total += pair(&v0, u, label, 1.0, &mut change);
        }
        assert!((total - expected).abs() < 1e-6, "{total} {expected}");
        for (change, gradient) in change.iter().zip(gradient) {
            assert!((change + gradient).abs() < 1e-6, "{change} {gradient}");
        }
    }

    #[test]
    fn it_learns_the_relations_of_the_world() {
        let text = sentences(6000, 1);
        let vocabulary = Vocabulary::of(&text).unwrap();
        let corpus = vocabulary.encode(&text);
        let mut losses = Vec::new();
        let model =
            Word2Vec::<32>::train(&corpus, &vocabulary, &Settings::default(), |_, loss| losses.push(loss))
                .unwrap();
        assert!(losses[19] < 0.65 * losses[0], "{losses:?}");
        let space = Space::new(&model.centre);
        for relation in &RELATIONS {
            let right = judge::analogies(&space, &vocabulary, relation).unwrap();
            assert!(right > 0.95, "{}: {right:.3} of the analogies are right", relation.name);
        }
        assert!(judge::neighbours(&space, &vocabulary).unwrap() > 0.95);
    }

    #[test]
    fn the_same_seed_gives_the_same_vectors() {
        let text = sentences(300, 1);
        let vocabulary = Vocabulary::of(&text).unwrap();
        let corpus = vocabulary.encode(&text);
        let train = |seed| {
            Word2Vec::<8>::train(&corpus, &vocabulary, &Settings { seed, ..Settings::default() }, |_, _| {})
                .unwrap()
        };
        assert_eq!(train(1), train(1));
        assert_ne!(train(1), train(2));
    }

    #[test]
    fn a_rate_that_diverges_is_reported() {
        let text = sentences(300, 1);
        let vocabulary = Vocabulary::of(&text).unwrap();
        let settings = Settings { rate: 1e30, ..Settings::default() };
        let ended = Word2Vec::<8>::train(&vocabulary.encode(&text), &vocabulary, &settings, |_, _| {});
        assert!(matches!(ended, Err(EmbeddingError::NotANumber { .. })), "{ended:?}");
    }

    #[test]
    fn rare_words_are_always_kept_and_frequent_ones_seldom() {
        assert_eq!(kept(0.001, 0.01), 1.0);
        // A tenth of all words at a threshold of 1/1000: (√100 + 1)/100.
        assert!((kept(0.1, 0.001) - 0.11).abs() < 1e-12);
    }
}
