//! Causal attention of all heads at once, on the projections as they lie in memory.
//!
//! A head is a band of HEAD_DIM columns of the `(batch · seq, MODEL)` matrices of queries, keys and values: matrix products with strides
//! read it in place, where splitting and merging would copy it.
//!
//! Forward, for each head: S = Q Kᵀ / √HEAD_DIM, P = softmax over the columns 0 … i of row i, O = P V.
//!
//! Backward: dV = Pᵀ dO, dP = dO Vᵀ, dS = P · (dP − rowsum(dP · P)) / √HEAD_DIM, dQ = dS K, dK = dSᵀ Q. With dropout O = (P · M) V, where M
//! holds 0 or 1/(1 − p): dV = (P · M)ᵀ dO, and dP is multiplied by M.

use crate::lanes::{add_to, dot, max, sum};
use crate::matmul::{Into, Matrix, multiply};
use attention::scaled_dot_product::Sequences;
use dfdx::prelude::{Const, Cpu, HasShape, PutTape, ReshapeTo, SplitTape, Tape, TensorFromVec};
use neurons::exponential::exp;

/// Where the heads lie.
#[derive(Debug, Clone, Copy)]
struct Layout {
    batch: usize,
    seq: usize,
    model: usize,
    heads: usize,
    head_dim: usize,
}

impl Layout {
    /// For each head of each sequence: where its band begins, and the number of its first weight.
    fn places(self) -> impl Iterator<Item = (usize, usize)> {
        let Self { batch, seq, model, heads, head_dim } = self;
        (0..batch * heads).map(move |i| (i / heads * seq * model + i % heads * head_dim, i * seq * seq))
    }

    /// The band that begins at `place`: `(seq, head_dim)`.
    fn band(self, numbers: &[f32], place: usize) -> Matrix<'_> {
        Matrix::strided(&numbers[place..], self.seq, self.head_dim, self.model)
    }

    fn scale(self) -> f32 {
        1.0 / (self.head_dim as f32).sqrt()
    }
}

/// softmax over the first i + 1 numbers of row i; 0 after them.
fn causal_softmax(scores: &mut [f32], seq: usize) {
    for (i, row) in scores.chunks_exact_mut(seq).enumerate() {
        let (past, future) = row.split_at_mut(i + 1);
        let largest = max(past);
        for s in past.iter_mut() {
            *s = exp(*s - largest);
        }
        let share = 1.0 / sum(past);
        for s in past.iter_mut() {
            *s *= share;
        }
        future.fill(0.0);
    }
}

/// `x` times `factors`, if there are any.
fn times(x: &[f32], factors: Option<&[f32]>) -> Vec<f32> {
    factors.map_or_else(|| x.to_vec(), |factors| x.iter().zip(factors).map(|(x, f)| x * f).collect())
}

/// Attention of `heads` heads, each position seeing itself and those before it. `dropout` holds a factor for each weight.
pub(crate) fn causal_attention<const MODEL: usize, T: Tape<f32, Cpu>>(
    [query, key, value]: [Sequences<MODEL, f32, Cpu, T>; 3],
    heads: usize,
    dropout: Option<Vec<f32>>,
) -> Sequences<MODEL, f32, Cpu, T> {
    let (query, tape) = query.contiguous().split_tape();
    let (key, key_tape) = key.contiguous().split_tape();
    let (value, value_tape) = value.contiguous().split_tape();
    let mut tape = tape.merge(key_tape).merge(value_tape);
    let (batch, seq, _) = *query.shape();
    assert!(query.shape() == key.shape() && key.shape() == value.shape(), "one shape for all three");
    let at = Layout { batch, seq, model: MODEL, heads, head_dim: MODEL / heads };

    let [mut q, mut k, mut v] = [(); 3].map(|()| vec![0.0; batch * seq * MODEL]);
    query.copy_into(&mut q);
    key.copy_into(&mut k);
    value.copy_into(&mut v);
    let mut weights = vec![0.0; batch * heads * seq * seq];
    let mut outputs = vec![0.0; q.len()];
    for (place, first) in at.places() {
        let weights = &mut weights[first..first + seq * seq];
        multiply(
            Into::Overwrite,
            weights,
            seq,
            at.scale(),
            at.band(&q, place),
            at.band(&k, place).transposed(),
        );
        causal_softmax(weights, seq);
        let kept = times(weights, dropout.as_ref().map(|factors| &factors[first..first + seq * seq]));
        multiply(
            Into::Overwrite,
            &mut outputs[place..],
            MODEL,
            1.0,
            Matrix::new(&kept, seq, seq),
            at.band(&v, place),
        );
    }

    let y = query.device().tensor_from_vec(outputs, (batch, seq, Const::<MODEL>));
    let (query, key, value, output) = (query.ghost(), key.ghost(), value.ghost(), y.ghost());
    tape.add_backward_op(move |grads| {
        let arriving = std::mem::take(&mut **grads.get_or_alloc_mut(&output)?);
        let [mut dq, mut dk, mut dv] = [(); 3].map(|()| vec![0.0; arriving.len()]);
        let mut slopes = vec![0.0; seq * seq];
        for (place, first) in at.places() {
            let weights = &weights[first..first + seq * seq];
            let factors = dropout.as_ref().map(|factors| &factors[first..first + seq * seq]);
            let kept = times(weights, factors);
            let kept = Matrix::new(&kept, seq, seq).transposed();
            let dy = at.band(&arriving, place);
            multiply(Into::Overwrite, &mut dv[place..], MODEL, 1.0, kept, dy);
            multiply(Into::Overwrite, &mut slopes, seq, 1.0, dy, at.band(&v, place).transposed());
            if let Some(factors) = factors {
                slopes.iter_mut().zip(factors).for_each(|(s, f)| *s *= f);
            }
            for (slopes, weights) in slopes.chunks_exact_mut(seq).zip(weights.chunks_exact(seq)) {
                let mean = dot(slopes, weights);
                slopes.iter_mut().zip(weights).for_each(|(s, w)| *s = w * (*s - mean));
            }
            let ds = Matrix::new(&slopes, seq, seq);
            multiply(Into::Overwrite, &mut dq[place..], MODEL, at.scale(), ds, at.band(&k, place));
            multiply(
                Into::Overwrite,
                &mut dk[place..],
                MODEL,
                at.scale(),
                ds.transposed(),
                at.band(&q, place),
            );
        }
        add_to(grads.get_or_alloc_mut(&query)?, &dq);
        add_to(grads.get_or_alloc_mut(&key)?, &dk);
        add_to(grads.get_or_alloc_mut(&value)?, &dv);
        Ok(())
    });
    y.put_tape(tape)
}
