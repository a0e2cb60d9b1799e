//! The linear discriminant: the best linear probe if every class is a cloud of the same shape.
//!
//! Take the vectors of class c for a normal distribution around their mean μ_c, with a covariance Σ that
//! all classes share. Then by Bayes' rule the log-odds of two classes are linear in x (Fisher 1936, Rao
//! 1948):
//!
//! ln P(c | x) = w_c · x + b_c + something that is the same for all c,
//! w_c = Σ⁻¹ μ_c,  b_c = ln π_c − ½ μ_c · w_c,
//!
//! where π_c is how frequent the class is. Nothing is trained step by step, so there is no rate to choose:
//! the means and the covariance of some examples say it all.

use super::moments::{Moments, cholesky, dot, solve};

// ANCHOR: probe
/// A linear probe.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// μ_c of each class.
    pub means: Vec<Vec<f64>>,
    /// w_c.
    pub weights: Vec<Vec<f64>>,
    /// b_c.
    pub biases: Vec<f64>,
}
// ANCHOR_END: probe

/// This share of the mean variance is added to each: a direction in which the examples happen not to differ
/// is not divided by nothing.
const RIDGE: f64 = 1e-3;

impl Probe {
    /// The probe that examples of classes 0 to `classes` − 1 ask for. A class without an example is never
    /// guessed.
    ///
    /// # Panics
    /// When there are no examples, or they differ in length.
    pub fn fit(examples: &[&[f32]], labels: &[usize], classes: usize) -> Self {
        Self::of(&Moments::of(examples), examples, labels, classes)
    }

    // ANCHOR: fit
    /// The same, where the second moments of the examples are known: they serve all questions about them.
    ///
    /// # Panics
    /// As [`Self::fit`].
    pub fn of(moments: &Moments, examples: &[&[f32]], labels: &[usize], classes: usize) -> Self {
        assert_eq!(examples.len(), labels.len(), "each example has a label");
        let (n, width) = (examples.len() as f64, moments.mean.len());
        let mut counts = vec![0.0; classes];
        let mut means = vec![vec![0.0; width]; classes];
        for (x, &label) in examples.iter().zip(labels) {
            counts[label] += 1.0;
            means[label].iter_mut().zip(*x).for_each(|(sum, &x)| *sum += f64::from(x));
        }
        // Around their classes' means the examples scatter by what they scatter around the mean of all,
        // less what the classes' means do.
        let mut within = moments.scatter.clone();
        for (mean, &count) in means.iter_mut().zip(&counts) {
            if count == 0.0 {
                mean.clone_from(&moments.mean);
                continue;
            }
            for sum in mean.iter_mut() {
                *sum /= count;
            }
            let apart: Vec<f64> = mean.iter().zip(&moments.mean).map(|(mean, all)| mean - all).collect();
            for (row, a) in within.chunks_exact_mut(width).zip(&apart) {
                row.iter_mut().zip(&apart).for_each(|(sum, b)| *sum -= count * a * b);
            }
        }
        let free = (n - classes as f64).max(1.0);
        for sum in &mut within {
            *sum /= free;
        }
        let typical = (0..width).map(|i| within[i * width + i]).sum::<f64>() / width as f64;
        // Where nothing differs there are rounding errors left, some 10⁻¹⁶ of the numbers themselves.
        let size = moments.mean.iter().map(|mean| mean * mean).sum::<f64>() / width as f64;
        let ridge = RIDGE * typical + 1e-9 * size + f64::MIN_POSITIVE.sqrt();
        (0..width).for_each(|i| within[i * width + i] += ridge);
        let root = cholesky(within, width);
        let weights: Vec<Vec<f64>> = means.iter().map(|mean| solve(&root, mean)).collect();
        let biases = counts.iter().zip(&means).zip(&weights);
        let biases =
            biases.map(|((count, mean), weights)| (count / n).ln() - 0.5 * dot(mean, weights)).collect();
        Self { means, weights, biases }
    }
    // ANCHOR_END: fit

    /// w_c · x + b_c of every class.
    pub fn scores(&self, x: &[f32]) -> Vec<f64> {
        let score = |(weights, bias): (&Vec<f64>, &f64)| {
            bias + weights.iter().zip(x).map(|(w, &x)| w * f64::from(x)).sum::<f64>()
        };
        self.weights.iter().zip(&self.biases).map(score).collect()
    }

    /// The class with the highest score.
    pub fn guess(&self, x: &[f32]) -> usize {
        let scores = self.scores(x);
        (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).expect("there is a class")
    }

    /// The share of examples whose class is guessed.
    pub fn accuracy(&self, examples: &[&[f32]], labels: &[usize]) -> f64 {
        let right = examples.iter().zip(labels).filter(|(x, label)| self.guess(x) == **label).count();
        right as f64 / examples.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;
    use tensors::seeds;

    /// A draw from a normal distribution, nearly: twelve even ones have a variance of 1.
    fn normal(rng: &mut impl Rng) -> f32 {
        (0..12).map(|_| rng.r#gen::<f32>()).sum::<f32>() - 6.0
    }

    fn views(examples: &[Vec<f32>]) -> Vec<&[f32]> {
        examples.iter().map(Vec::as_slice).collect()
    }

    #[test]
    fn by_hand() {
        let examples = [vec![-1.5], vec![-0.5], vec![0.5], vec![1.5]];
        let probe = Probe::fit(&views(&examples), &[0, 0, 1, 1], 2);
        // Σ = 4 · 0.25 / (4 − 2) = ½, and a thousandth of it: w = ±1 / 0.5005, b = ln ½ − ½ w μ.
        let w = 1.0 / 0.5005;
        assert!((probe.weights[1][0] - w).abs() < 1e-9 && (probe.weights[0][0] + w).abs() < 1e-9);
        assert!((probe.biases[0] - (0.5_f64.ln() - 0.5 * w)).abs() < 1e-9);
        assert_eq!((probe.guess(&[-0.1]), probe.guess(&[0.1])), (0, 1));
    }

    #[test]
    fn two_clouds_are_told_apart_as_often_as_they_can_be() {
        // Around ±μ with covariance A Aᵀ: the best rule errs with probability Φ(−√(μᵀ Σ⁻¹ μ)). Both numbers
        // are stretched and sheared, so that the line between the means' halves is not the best one.
        let mut rng = seeds::generator(1);
        let mut draw = |count: usize| -> (Vec<Vec<f32>>, Vec<usize>) {
            (0..count)
                .map(|i| {
                    let (a, b) = (normal(&mut rng), normal(&mut rng));
                    let side = if i % 2 == 0 { 1.0 } else { -1.0 };
                    // Σ = [[9, 3], [3, 2]], det 9, μ = (1, 1): μᵀ Σ⁻¹ μ = (2 − 6 + 9) / 9 = 5/9.
                    (vec![side + 3.0 * a, side + a + b], i % 2)
                })
                .unzip()
        };
        let ((train, labels), (test, truth)) = (draw(4000), draw(4000));
        let probe = Probe::fit(&views(&train), &labels, 2);
        // Φ(0.745) = 0.772; a share of 4000 has a standard error of 0.0066.
        let accuracy = probe.accuracy(&views(&test), &truth);
        assert!((accuracy - 0.772).abs() < 0.02, "{accuracy}");
    }

    #[test]
    fn where_there_is_nothing_to_read_the_frequent_class_is_guessed() {
        let examples = vec![vec![0.5_f32, 2.0]; 10];
        let labels = [0, 1, 1, 1, 2, 1, 1, 0, 1, 1];
        let probe = Probe::fit(&views(&examples), &labels, 4);
        assert_eq!(probe.guess(&[0.5, 2.0]), 1);
        assert_eq!(probe.biases[3], f64::NEG_INFINITY, "nobody has seen class 3");
    }

    #[test]
    fn the_weights_solve_the_equation() {
        let mut rng = seeds::generator(2);
        let examples: Vec<Vec<f32>> =
            (0..60).map(|_| (0..5).map(|_| normal(&mut rng)).collect::<Vec<f32>>()).collect();
        let labels: Vec<usize> = (0..60).map(|i| i % 3).collect();
        let probe = Probe::fit(&views(&examples), &labels, 3);
        // Σ in plain loops.
        let mut sigma = vec![vec![0.0; 5]; 5];
        for (x, &label) in examples.iter().zip(&labels) {
            let apart: Vec<f64> =
                x.iter().zip(&probe.means[label]).map(|(&x, mean)| f64::from(x) - mean).collect();
            for i in 0..5 {
                for j in 0..5 {
                    sigma[i][j] += apart[i] * apart[j] / 57.0;
                }
            }
        }
        let typical = (0..5).map(|i| sigma[i][i]).sum::<f64>() / 5.0;
        for (mean, weights) in probe.means.iter().zip(&probe.weights) {
            for i in 0..5 {
                let back = dot(&sigma[i], weights) + RIDGE * typical * weights[i];
                assert!((back - mean[i]).abs() < 1e-9, "{back} {}", mean[i]);
            }
        }
    }
}
