//! The k-sparse autoencoder (Makhzani & Frey 2013, Gao et al. 2024).
//!
//! With x moved to a mean of 0 and scaled to a mean square of 1 for each of its numbers:
//!
//! h = W x + b,  f = the k largest of h that are positive,  x̂ = Σ f_i d_i,  loss = |x − x̂|².
//!
//! The rows d_i of the decoder have length 1: else a small f and a long d would be as good.

use dfdx::prelude::{Axes2, Cpu, PermuteTo, Tensor, TensorFromVec, TryMatMul};

// ANCHOR: autoencoder
/// Encoder and decoder, one row of each for every feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Autoencoder {
    /// How many features may be active at a time.
    pub k: usize,
    /// What is subtracted from a vector of the stream, and what it is then multiplied with.
    pub mean: Vec<f32>,
    /// See above.
    pub scale: f32,
    /// W, `(features, width)`.
    pub encoder: Vec<f32>,
    /// b.
    pub bias: Vec<f32>,
    /// d, `(features, width)`.
    pub decoder: Vec<f32>,
}
// ANCHOR_END: autoencoder

/// Vectors that are encoded at a time.
const ROWS: usize = 4096;

/// The features that are active, and how strongly.
pub type Code = Vec<(usize, f32)>;

/// How the loss changes with W, b and d.
pub(crate) struct Slopes {
    pub encoder: Vec<f32>,
    pub bias: Vec<f32>,
    pub decoder: Vec<f32>,
}

impl Autoencoder {
    /// The length of a vector.
    pub fn width(&self) -> usize {
        self.mean.len()
    }

    /// How many features there are.
    pub fn features(&self) -> usize {
        self.bias.len()
    }

    /// Vectors of the stream, one behind the other, moved and scaled.
    pub fn standard(&self, stream: &[f32]) -> Vec<f32> {
        let scaled = |(x, mean): (&f32, &f32)| (x - mean) * self.scale;
        stream.chunks_exact(self.width()).flat_map(|x| x.iter().zip(&self.mean).map(scaled)).collect()
    }

    // ANCHOR: encode
    /// The codes of standard vectors.
    pub fn encode(&self, xs: &[f32]) -> Vec<Code> {
        let device = Cpu::default();
        let encoder: Tensor<(usize, usize), f32, Cpu> =
            device.tensor_from_vec(self.encoder.clone(), (self.features(), self.width()));
        // Some at a time: h has more numbers than x.
        let some = xs.chunks(ROWS * self.width()).flat_map(|xs| {
            let x = device.tensor_from_vec(xs.to_vec(), (xs.len() / self.width(), self.width()));
            let h = product(x, encoder.clone());
            h.chunks_exact(self.features()).map(|h| self.largest(h)).collect::<Vec<_>>()
        });
        some.collect()
    }

    fn largest(&self, h: &[f32]) -> Code {
        let mut code: Code = h.iter().zip(&self.bias).map(|(h, b)| h + b).enumerate().collect();
        if self.k < code.len() {
            code.select_nth_unstable_by(self.k, |a, b| b.1.total_cmp(&a.1));
            code.truncate(self.k);
        }
        code.retain(|(_, f)| *f > 0.0);
        code
    }

    /// x̂.
    pub fn decode(&self, code: &Code) -> Vec<f32> {
        let mut x = vec![0.0; self.width()];
        for &(feature, f) in code {
            let d = &self.decoder[feature * x.len()..(feature + 1) * x.len()];
            x.iter_mut().zip(d).for_each(|(x, d)| *x += f * d);
        }
        x
    }
    // ANCHOR_END: encode

    /// What the stream becomes if only the code of it is passed on.
    pub fn through(&self, stream: &[f32]) -> Vec<f32> {
        let back = |x: Vec<f32>| {
            x.into_iter().zip(&self.mean).map(|(x, mean)| x / self.scale + mean).collect::<Vec<_>>()
        };
        self.encode(&self.standard(stream)).iter().flat_map(|code| back(self.decode(code))).collect()
    }

    // ANCHOR: slopes
    /// The mean loss of standard vectors, and its slopes. Only active features have any: the others could
    /// be moved a little and nothing would change.
    pub(crate) fn slopes(&self, xs: &[f32]) -> (f32, Slopes) {
        let width = self.width();
        let (mut loss, each) = (0.0, 2.0 / (xs.len() / width) as f32);
        let mut slopes = Slopes {
            encoder: vec![0.0; self.encoder.len()],
            bias: vec![0.0; self.bias.len()],
            decoder: vec![0.0; self.decoder.len()],
        };
        for (x, code) in xs.chunks_exact(width).zip(self.encode(xs)) {
            let mut error = self.decode(&code); // x̂ − x
            error.iter_mut().zip(x).for_each(|(error, x)| *error -= x);
            loss += error.iter().map(|e| e * e).sum::<f32>();
            for (feature, f) in code {
                let row = feature * width..(feature + 1) * width;
                let d = &self.decoder[row.clone()];
                let by_f = each * d.iter().zip(&error).map(|(d, e)| d * e).sum::<f32>();
                slopes.bias[feature] += by_f;
                slopes.encoder[row.clone()].iter_mut().zip(x).for_each(|(slope, x)| *slope += by_f * x);
                slopes.decoder[row].iter_mut().zip(&error).for_each(|(slope, e)| *slope += each * f * e);
            }
        }
        (loss * each / 2.0, slopes)
    }
    // ANCHOR_END: slopes
}

/// x Wᵀ, row after row.
fn product(x: Tensor<(usize, usize), f32, Cpu>, w: Tensor<(usize, usize), f32, Cpu>) -> Vec<f32> {
    x.matmul(w.permute::<_, Axes2<1, 0>>()).as_vec()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use rand::Rng;
    use tensors::seeds;

    pub(crate) fn small(k: usize, features: usize, width: usize) -> Autoencoder {
        let mut rng = seeds::generator(3);
        let mut draw = |count: usize| (0..count).map(|_| rng.r#gen::<f32>() - 0.5).collect::<Vec<f32>>();
        Autoencoder {
            k,
            mean: draw(width),
            scale: 1.7,
            encoder: draw(features * width),
            bias: draw(features),
            decoder: draw(features * width),
        }
    }

    #[test]
    fn the_k_largest_are_kept_and_nothing_below_zero() {
        let mut model = small(2, 4, 1);
        model.encoder = vec![1.0, -1.0, 3.0, 2.0];
        model.bias = vec![0.5, 0.0, 0.0, -1.0];
        let sorted = |x: f32| {
            let mut code = model.encode(&[x]).remove(0);
            code.sort_by_key(|(feature, _)| *feature);
            code
        };
        assert_eq!(sorted(1.0), [(0, 1.5), (2, 3.0)]);
        assert_eq!(sorted(-1.0), [(1, 1.0)]);
        model.decoder = vec![1.0, 5.0, 10.0, 7.0];
        assert_eq!(model.decode(&vec![(0, 1.5), (2, 3.0)]), [31.5]);
    }

    #[test]
    fn a_vector_that_is_told_without_loss_comes_back() {
        // Two features that are the axes, and a mean and a scale to be undone.
        let model = Autoencoder {
            k: 2,
            mean: vec![1.0, -2.0],
            scale: 0.5,
            encoder: vec![1.0, 0.0, 0.0, 1.0],
            bias: vec![0.0; 2],
            decoder: vec![1.0, 0.0, 0.0, 1.0],
        };
        assert_eq!(model.through(&[3.0, 4.0, 5.0, -2.0]), [3.0, 4.0, 5.0, -2.0]);
    }

    #[test]
    fn the_slopes_are_those_of_small_steps() {
        type Part = fn(&mut Autoencoder) -> &mut Vec<f32>;
        let (model, mut rng) = (small(3, 8, 5), seeds::generator(7));
        let xs: Vec<f32> = (0..20).map(|_| 2.0 * rng.r#gen::<f32>() - 1.0).collect();
        let (_, slopes) = model.slopes(&xs);
        let parts: [(Part, &Vec<f32>); 3] = [
            (|m| &mut m.encoder, &slopes.encoder),
            (|m| &mut m.bias, &slopes.bias),
            (|m| &mut m.decoder, &slopes.decoder),
        ];
        for (part, slopes) in parts {
            for (i, slope) in slopes.iter().enumerate() {
                let at = |step: f32| {
                    let mut moved = model.clone();
                    part(&mut moved)[i] += step;
                    moved.slopes(&xs).0
                };
                let h = 1e-3;
                let difference = (at(h) - at(-h)) / (2.0 * h);
                // f32 knows a loss near 2 to 1e-7, so this quotient to 1e-4; a step that changes which
                // features are active would be far off.
                assert!((difference - slope).abs() < 2e-3, "{i}: {difference} {slope}");
            }
            assert!(slopes.iter().any(|slope| slope.abs() > 1e-2));
        }
    }
}
