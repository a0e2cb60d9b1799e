//! GloVe: vectors whose products are logarithms of counts (Pennington et al. 2014).
//!
//! J = Σ f(X_ij) (v_i · u_j + b_i + c_j − ln X_ij)² over the pairs that were seen, with
//! f(x) = min(1, (x/x_max)^¾): a weighted least-squares fit. The biases take up how frequent each
//! word is, the weighting keeps frequent pairs from drowning the rest, and rare ones from adding
//! noise.

use crate::EmbeddingError;
use crate::cooccurrence::Cooccurrence;
use rand::Rng;
use rand::seq::SliceRandom;
use tensors::seeds;

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Counts from here on have the full weight 1.
    pub full_weight: f64,
    /// The learning rate of AdaGrad.
    pub rate: f32,
    /// Times through all pairs.
    pub epochs: usize,
    /// Of the first vectors and the order of the pairs.
    pub seed: u64,
}

impl Default for Settings {
    /// For a corpus of some ten thousand words. The paper has a full weight of 100, for billions of
    /// them.
    fn default() -> Self {
        Self { full_weight: 10.0, rate: 0.05, epochs: 100, seed: 1 }
    }
}

/// A vector and a bias for each word, once as a centre and once as a neighbour.
#[derive(Debug, Clone, PartialEq)]
pub struct Glove<const DIM: usize> {
    centre: Vec<Side<DIM>>,
    neighbour: Vec<Side<DIM>>,
}

/// One of a word's two roles, with the sums of squared gradients by which AdaGrad divides
/// (Duchi et al. 2011).
#[derive(Debug, Clone, PartialEq)]
struct Side<const DIM: usize> {
    vector: [f32; DIM],
    bias: f32,
    vector_squares: [f32; DIM],
    bias_squares: f32,
}

// ANCHOR: weight
/// f(x): how much a pair counts that was seen `count` times.
pub fn weight(count: f64, full_weight: f64) -> f64 {
    (count / full_weight).powf(0.75).min(1.0)
}
// ANCHOR_END: weight

/// A step against `gradient`, divided by the root of the sum of its squares so far.
fn ada_grad(value: &mut f32, squares: &mut f32, gradient: f32, rate: f32) {
    *value -= rate * gradient / squares.sqrt();
    *squares += gradient * gradient;
}

// ANCHOR: pair
/// One pair that was seen e^`log_count` times: moves both words against the gradient of f·error²,
/// and returns that loss.
fn pair<const DIM: usize>(
    w: &mut Side<DIM>,
    c: &mut Side<DIM>,
    log_count: f32,
    weight: f32,
    rate: f32,
) -> f32 {
    let product: f32 = w.vector.iter().zip(&c.vector).map(|(w, c)| w * c).sum();
    let error = product + w.bias + c.bias - log_count;
    let slope = 2.0 * weight * error;
    for i in 0..DIM {
        let (by_w, by_c) = (slope * c.vector[i], slope * w.vector[i]);
        ada_grad(&mut w.vector[i], &mut w.vector_squares[i], by_w, rate);
        ada_grad(&mut c.vector[i], &mut c.vector_squares[i], by_c, rate);
    }
    ada_grad(&mut w.bias, &mut w.bias_squares, slope, rate);
    ada_grad(&mut c.bias, &mut c.bias_squares, slope, rate);
    weight * error * error
}
// ANCHOR_END: pair

impl<const DIM: usize> Glove<DIM> {
    /// Fits the vectors to counts (by distance, as the paper has them). `watch` sees each epoch and
    /// its mean loss for a pair.
    ///
    /// # Errors
    /// [`EmbeddingError::NotANumber`] when the loss diverges.
    pub fn train(
        counts: &Cooccurrence,
        settings: &Settings,
        mut watch: impl FnMut(usize, f64),
    ) -> Result<Self, EmbeddingError> {
        let mut rng = seeds::generator(settings.seed);
        let half = 0.5 / DIM as f32;
        let mut side = || {
            let vector = std::array::from_fn(|_| rng.gen_range(-half..half));
            Side { vector, bias: 0.0, vector_squares: [1.0; DIM], bias_squares: 1.0 }
        };
        let mut sides = || (0..counts.size()).map(|_| side()).collect::<Vec<_>>();
        let mut model = Self { centre: sides(), neighbour: sides() };
        let mut cells: Vec<_> = counts.cells().collect();
        for epoch in 0..settings.epochs {
            cells.shuffle(&mut rng);
            let mut loss = 0.0;
            for &(word, other, count) in &cells {
                let weight = weight(count, settings.full_weight) as f32;
                let (w, c) = (&mut model.centre[word], &mut model.neighbour[other]);
                loss += f64::from(pair(w, c, count.ln() as f32, weight, settings.rate));
            }
            let mean = loss / cells.len() as f64;
            if !mean.is_finite() {
                return Err(EmbeddingError::NotANumber { epoch, loss: mean });
            }
            watch(epoch, mean);
        }
        Ok(model)
    }

    /// The embeddings: the sum of each word's two vectors, as in the paper.
    pub fn vectors(&self) -> Vec<[f32; DIM]> {
        let sum = |(w, c): (&Side<DIM>, &Side<DIM>)| std::array::from_fn(|i| w.vector[i] + c.vector[i]);
        self.centre.iter().zip(&self.neighbour).map(sum).collect()
    }

    /// What the model holds ln X of a pair to be.
    ///
    /// # Panics
    /// When there is no such word.
    pub fn log_count(&self, word: usize, other: usize) -> f32 {
        let (w, c) = (&self.centre[word], &self.neighbour[other]);
        w.vector.iter().zip(&c.vector).map(|(w, c)| w * c).sum::<f32>() + w.bias + c.bias
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;
    use crate::world::sentences;

    fn side(vector: [f32; 3], bias: f32) -> Side<3> {
        Side { vector, bias, vector_squares: [1.0; 3], bias_squares: 1.0 }
    }

    #[test]
    fn a_first_step_follows_central_differences() {
        const H: f32 = 1e-2; // the loss is a polynomial of degree 2 in each number: exact but for rounding
        let (w0, c0) = (side([0.3, -0.2, 0.5], 0.1), side([0.1, 0.4, -0.3], -0.2));
        let loss = |w: &Side<3>, c: &Side<3>| {
            let (mut w, mut c) = (w.clone(), c.clone());
            pair(&mut w, &mut c, 1.5, 0.7, 0.0)
        };
        let (mut w, mut c) = (w0.clone(), c0.clone());
        pair(&mut w, &mut c, 1.5, 0.7, 1.0); // with rate 1 and squares of 1, a step is the gradient
        for i in 0..3 {
            let ends = [H, -H].map(|h| {
                let mut moved = w0.clone();
                moved.vector[i] += h;
                loss(&moved, &c0)
            });
            let slope = (ends[0] - ends[1]) / (2.0 * H);
            assert!((w0.vector[i] - w.vector[i] - slope).abs() < 1e-4, "w {i}: {slope}");
            let ends = [H, -H].map(|h| {
                let mut moved = c0.clone();
                moved.vector[i] += h;
                loss(&w0, &moved)
            });
            let slope = (ends[0] - ends[1]) / (2.0 * H);
            assert!((c0.vector[i] - c.vector[i] - slope).abs() < 1e-4, "c {i}: {slope}");
        }
        let slope =
            (loss(&side(w0.vector, 0.1 + H), &c0) - loss(&side(w0.vector, 0.1 - H), &c0)) / (2.0 * H);
        assert!((w0.bias - w.bias - slope).abs() < 1e-4 && (c0.bias - c.bias - slope).abs() < 1e-4);
    }

    #[test]
    fn weights_grow_to_one() {
        assert_eq!((weight(10.0, 10.0), weight(1000.0, 10.0)), (1.0, 1.0));
        assert!((weight(1.0, 16.0) - 0.125).abs() < 1e-15);
    }

    #[test]
    fn products_come_near_the_logarithms_of_counts() {
        let text = sentences(6000, 1);
        let vocabulary = Vocabulary::of(&text).unwrap();
        let counts = Cooccurrence::count(&vocabulary.encode(&text), vocabulary.size(), 4, true).unwrap();
        let mut losses = Vec::new();
        let model = Glove::<24>::train(&counts, &Settings::default(), |_, loss| losses.push(loss)).unwrap();
        assert!(losses[99] < 0.05 * losses[0], "{losses:?}");
        // Frequent pairs, which have the full weight, are met best: root mean square of the error
        // in nats.
        let errors: Vec<f64> = counts
            .cells()
            .filter(|cell| cell.2 >= 10.0)
            .map(|(a, b, count)| (f64::from(model.log_count(a, b)) - count.ln()).powi(2))
            .collect();
        let error = (errors.iter().sum::<f64>() / errors.len() as f64).sqrt();
        assert!(error < 0.25, "{error}");
    }

    #[test]
    fn a_rate_that_diverges_is_reported() {
        let counts = Cooccurrence::count(&[vec![0, 1, 2, 1, 1, 0]], 3, 2, true).unwrap();
        let ended = Glove::<8>::train(&counts, &Settings { rate: 1e30, ..Settings::default() }, |_, _| {});
        assert!(matches!(ended, Err(EmbeddingError::NotANumber { .. })), "{ended:?}");
    }
}
