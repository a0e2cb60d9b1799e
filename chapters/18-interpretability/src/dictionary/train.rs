//! How a dictionary is learned.

use super::Autoencoder;
use deep_networks::{Mover, Parameter, Rule};
use rand::Rng;
use rand::seq::SliceRandom;
use tensors::seeds;

/// How it learns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learning {
    /// Features of the dictionary.
    pub features: usize,
    /// How many may be active at a time.
    pub k: usize,
    /// How often all vectors are read.
    pub epochs: usize,
    /// Vectors in a step.
    pub batch: usize,
    /// The learning rate of Adam; it falls to 0 in the last fifth of the steps.
    pub rate: f64,
    /// Of what it starts with, and of the order.
    pub seed: u64,
}

/// The dictionary of these vectors of the stream, one behind the other, of `width` numbers each.
///
/// # Panics
/// When there are no vectors, or all are the same.
pub fn train(stream: &[f32], width: usize, learning: &Learning) -> Autoencoder {
    let mut rng = seeds::generator(learning.seed);
    let mut model = begin(stream, width, learning, &mut rng);
    let xs = model.standard(stream);
    let mut order: Vec<usize> = (0..xs.len() / width).collect();
    let steps = learning.epochs * order.len().div_ceil(learning.batch);
    let sizes = [model.encoder.len(), model.bias.len(), model.decoder.len()];
    let mut memory = sizes.map(|size| [vec![0.0; size], vec![0.0; size]]);
    let mut step = 0;
    for _ in 0..learning.epochs {
        order.shuffle(&mut rng);
        for some in order.chunks(learning.batch) {
            let batch: Vec<f32> =
                some.iter().flat_map(|&i| xs[i * width..(i + 1) * width].iter().copied()).collect();
            let (_, slopes) = model.slopes(&batch);
            step += 1;
            let left = (steps - step) as f64 / steps as f64;
            let rate = learning.rate * (5.0 * left).min(1.0);
            let mover = Mover { rule: Rule::Adam { betas: [0.9, 0.999] }, step, rate };
            let parts = [
                (&mut model.encoder, &slopes.encoder),
                (&mut model.bias, &slopes.bias),
                (&mut model.decoder, &slopes.decoder),
            ];
            for ((theta, gradient), [m, v]) in parts.into_iter().zip(&mut memory) {
                mover.numbers(Parameter { theta, memory: [m, v], gradient, is_matrix: true });
            }
            model.decoder.chunks_exact_mut(width).for_each(to_length_one);
        }
    }
    model
}

/// A dictionary whose features are some of the vectors themselves, and whose encoder looks for them.
fn begin(stream: &[f32], width: usize, learning: &Learning, rng: &mut impl Rng) -> Autoencoder {
    let vectors = stream.len() / width;
    let mut mean = vec![0.0_f64; width];
    for x in stream.chunks_exact(width) {
        mean.iter_mut().zip(x).for_each(|(sum, &x)| *sum += f64::from(x) / vectors as f64);
    }
    let mean: Vec<f32> = mean.into_iter().map(|mean| mean as f32).collect();
    let squares = stream
        .chunks_exact(width)
        .flat_map(|x| x.iter().zip(&mean).map(|(x, m)| f64::from((x - m).powi(2))));
    let scale = (stream.len() as f64 / squares.sum::<f64>()).sqrt() as f32;
    let mut model = Autoencoder {
        k: learning.k,
        mean,
        scale,
        encoder: Vec::new(),
        bias: vec![0.0; learning.features],
        decoder: Vec::new(),
    };
    for _ in 0..learning.features {
        let at = rng.gen_range(0..vectors as u32) as usize * width;
        let mut row = model.standard(&stream[at..at + width]);
        to_length_one(&mut row);
        model.decoder.extend(row);
    }
    model.encoder.clone_from(&model.decoder);
    model
}

fn to_length_one(row: &mut [f32]) {
    let length = row.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
    for x in row {
        *x /= length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors that are sums of two of twelve directions in eight dimensions, and the directions. Six of
    /// them are the opposites of the others, so that the vectors' mean is near 0, as the dictionary wants
    /// it.
    fn made_up() -> (Vec<f32>, Vec<Vec<f32>>) {
        let mut rng = seeds::generator(11);
        let mut directions: Vec<Vec<f32>> =
            (0..6).map(|_| (0..8).map(|_| rng.r#gen::<f32>() - 0.5).collect()).collect();
        for row in &mut directions {
            to_length_one(row);
        }
        directions.extend_from_within(..);
        directions[6..].iter_mut().flatten().for_each(|x| *x = -*x);
        let mut stream = Vec::new();
        for _ in 0..1500 {
            let (a, b) = (rng.gen_range(0..12_usize), rng.gen_range(0..12_usize));
            let (f, g) = (1.0 + rng.r#gen::<f32>(), 1.0 + rng.r#gen::<f32>());
            stream.extend((0..8).map(|i| f * directions[a][i] + g * directions[b][i]));
        }
        (stream, directions)
    }

    #[test]
    fn directions_that_made_the_vectors_are_found_again() {
        let (stream, directions) = made_up();
        let learning = Learning { features: 24, k: 2, epochs: 15, batch: 50, rate: 0.01, seed: 1 };
        let model = train(&stream, 8, &learning);
        let before = begin(&stream, 8, &learning, &mut seeds::generator(1));
        let xs = model.standard(&stream);
        let (worse, better) = (before.slopes(&xs).0, model.slopes(&xs).0);
        assert!(better < 0.3 * worse, "{better} {worse}");
        // Most are rows of the decoder; of the vectors that it began with few are a single direction.
        let found = |model: &Autoencoder| {
            let is_row = |direction: &&Vec<f32>| {
                let cosine = |row: &[f32]| row.iter().zip(*direction).map(|(a, b)| a * b).sum::<f32>();
                model.decoder.chunks_exact(8).map(cosine).fold(0.0, f32::max) > 0.9
            };
            directions.iter().filter(is_row).count()
        };
        assert!(found(&model) >= 8 && found(&before) < 8, "{} and {} of 12", found(&model), found(&before));
        let lengths = model.decoder.chunks_exact(8).map(|row| row.iter().map(|x| x * x).sum::<f32>());
        assert!(lengths.into_iter().all(|square| (square - 1.0).abs() < 1e-4));
    }

    #[test]
    fn standard_vectors_have_a_mean_of_zero_and_a_mean_square_of_one() {
        let (stream, _) = made_up();
        let learning = Learning { features: 4, k: 2, epochs: 0, batch: 50, rate: 0.01, seed: 1 };
        let xs = train(&stream, 8, &learning).standard(&stream);
        let (mean, square) = (xs.iter().sum::<f32>(), xs.iter().map(|x| x * x).sum::<f32>());
        assert!((mean / xs.len() as f32).abs() < 1e-3 && (square / xs.len() as f32 - 1.0).abs() < 1e-3);
    }
}
