//! What the kernels compute, in plain loops on `f64`.

use crate::case::Case;
use deep_networks::Dropout;
use neurons::gelu::gelu;

/// y = gain · (x − μ) / σ + bias for every row.
pub fn layer_norm(x: &[f64], gain: &[f64], bias: &[f64]) -> Vec<f64> {
    let n = gain.len();
    let mut y = Vec::new();
    for row in x.chunks_exact(n) {
        let mean = row.iter().sum::<f64>() / n as f64;
        let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n as f64;
        for i in 0..n {
            y.push(gain[i] * (row[i] - mean) / (variance + 1e-5).sqrt() + bias[i]);
        }
    }
    y
}

/// y = x Wᵀ + b for every row.
pub fn linear(x: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
    let inputs = weight.len() / bias.len();
    let mut y = Vec::new();
    for row in x.chunks_exact(inputs) {
        for (weights, bias) in weight.chunks_exact(inputs).zip(bias) {
            y.push(weights.iter().zip(row).map(|(w, x)| w * x).sum::<f64>() + bias);
        }
    }
    y
}

/// Every number times the factor that dropout draws for it.
pub fn dropped(mut x: Vec<f64>, dropout: &mut Dropout) -> Vec<f64> {
    let factors: Option<Vec<f64>> = dropout.factors(x.len());
    for (x, factor) in x.iter_mut().zip(factors.iter().flatten()) {
        *x *= factor;
    }
    x
}

/// Softmax of some scores.
fn softmax(scores: &[f64]) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = scores.iter().map(|s| (s - largest).exp()).sum();
    scores.iter().map(|s| (s - largest).exp() / total).collect()
}

/// Causal attention of all heads: position i of each sequence mixes the values of positions 0 … i.
pub fn attention(case: &Case, heads: usize, [q, k, v]: [&[f64]; 3], dropout: &mut Dropout) -> Vec<f64> {
    let (batch, seq, model) = (case.batch, case.seq, q.len() / case.rows());
    let head_dim = model / heads;
    let at = |sequence: usize, i: usize, head: usize| (sequence * seq + i) * model + head * head_dim;
    let factors =
        dropout.factors(batch * heads * seq * seq).unwrap_or(vec![1.0; batch * heads * seq * seq]);
    let mut y = vec![0.0; q.len()];
    for sequence in 0..batch {
        for head in 0..heads {
            for i in 0..seq {
                let query = &q[at(sequence, i, head)..][..head_dim];
                let score = |j| {
                    let key = &k[at(sequence, j, head)..][..head_dim];
                    query.iter().zip(key).map(|(q, k)| q * k).sum::<f64>() / (head_dim as f64).sqrt()
                };
                let weights = softmax(&(0..=i).map(score).collect::<Vec<f64>>());
                for (j, weight) in weights.into_iter().enumerate() {
                    let kept = weight * factors[((sequence * heads + head) * seq + i) * seq + j];
                    for c in 0..head_dim {
                        y[at(sequence, i, head) + c] += kept * v[at(sequence, j, head) + c];
                    }
                }
            }
        }
    }
    y
}

fn sum(x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| x + y).collect()
}

/// x + dropout(attention(norm(x))).
pub fn attend(case: &Case, heads: usize, x: &[f64], parameters: &[Vec<f64>]) -> Vec<f64> {
    let [gain, bias, wq, bq, wk, bk, wv, bv, wo, bo] = parameters else { panic!("ten parameters") };
    let mut dropout = case.dropout();
    let y = layer_norm(x, gain, bias);
    let [q, k, v] = [(wq, bq), (wk, bk), (wv, bv)].map(|(w, b)| linear(&y, w, b));
    let mixed = attention(case, heads, [&q, &k, &v], &mut dropout);
    sum(x, &dropped(linear(&mixed, wo, bo), &mut dropout))
}

/// x + dropout(W₂ GELU(W₁ norm(x))).
pub fn think(case: &Case, x: &[f64], parameters: &[Vec<f64>]) -> Vec<f64> {
    let [gain, bias, up, up_bias, down, down_bias] = parameters else { panic!("six parameters") };
    let hidden =
        linear(&layer_norm(x, gain, bias), up, up_bias).into_iter().map(gelu).collect::<Vec<f64>>();
    sum(x, &dropped(linear(&hidden, down, down_bias), &mut case.dropout()))
}

/// Row `id` of one table plus row t of the other.
pub fn embed(case: &Case, model: usize, ids: &[usize], tables: &[Vec<f64>]) -> Vec<f64> {
    let [tokens, positions] = tables else { panic!("two tables") };
    let mut x = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        for i in 0..model {
            x.push(tokens[id * model + i] + positions[place % case.seq * model + i]);
        }
    }
    dropped(x, &mut case.dropout())
}

/// The sum of −weight · ln softmax(logits)[target].
pub fn cross_entropy(logits: &[f64], targets: &[usize], weights: &[f64]) -> f64 {
    let classes = logits.len() / targets.len();
    let rows = logits.chunks_exact(classes).zip(targets).zip(weights);
    rows.map(|((row, &target), weight)| -weight * softmax(row)[target].ln()).sum()
}
