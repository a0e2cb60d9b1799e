//! Causal attention of all heads, on the projections as they lie in memory and in blocks of rows.
//!
//! Queries, keys and values of a position lie side by side: `qkv` is `(batch · seq, 3 · model)`. A
//! head is a band of `head_dim` of their columns; matrix products with strides read it in place,
//! where splitting and merging would copy it.
//!
//! Forward, for each head: S = Q Kᵀ / √head_dim, P = softmax over the columns 0 … i of row i, O = P
//! V.
//!
//! Backward: dV = Pᵀ dO, dP = dO Vᵀ, dS = P · (dP − rowsum(dP · P)) / √head_dim, dQ = dS K,
//! dK = dSᵀ Q. With dropout O = (P · M) V, where M holds 0 or 1/(1 − p): dV = (P · M)ᵀ dO, and dP
//! is multiplied by M.
//!
//! A block of [`BLOCK`] queries needs no key after its last row: the upper triangle is hardly ever
//! computed. And P is not kept. The backward pass computes it again, a block at a time, from two
//! numbers a row, its largest score m and 1/Σ exp(S − m). So memory grows with the length, not with
//! its square, as in FlashAttention (Dao et al. 2022).

use crate::buffer::Buffer;
use crate::lanes::{dot, max, sum};
use crate::matmul::{Matrix, Write, multiply};
use deep_networks::Dropout;
use neurons::exponential::exp;
use tensors::widest;

/// Queries that are worked on at once.
const BLOCK: usize = 32;

/// Where the heads lie.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heads {
    pub(crate) batch: usize,
    pub(crate) seq: usize,
    pub(crate) count: usize,
    pub(crate) head_dim: usize,
}

/// One block of queries of one head of one sequence.
#[derive(Debug, Clone, Copy)]
struct Block {
    /// Where the sequence's first row lies, and the head's first column.
    row: usize,
    column: usize,
    /// The block's queries within the sequence: it looks at keys `0..end`.
    start: usize,
    end: usize,
}

impl Heads {
    fn model(self) -> usize {
        self.count * self.head_dim
    }

    fn scale(self) -> f32 {
        1.0 / (self.head_dim as f32).sqrt()
    }

    /// Blocks in the order in which dropout draws for them: by sequence, head and row.
    fn blocks(self) -> impl Iterator<Item = Block> {
        let Self { batch, seq, count, head_dim } = self;
        (0..batch * count).flat_map(move |i| {
            let (row, column) = (i / count * seq, i % count * head_dim);
            let starts = (0..seq).step_by(BLOCK);
            starts.map(move |start| Block { row, column, start, end: (start + BLOCK).min(seq) })
        })
    }

    /// Where row `row` of query (`part` 0), key (1) or value (2) of a block's head begins in `qkv`.
    fn at(self, block: Block, part: usize, row: usize) -> usize {
        (block.row + row) * 3 * self.model() + part * self.model() + block.column
    }

    /// Rows `start..end` of query, key or value.
    fn band(self, qkv: &[f32], block: Block, part: usize, start: usize, end: usize) -> Matrix<'_> {
        let at = self.at(block, part, start);
        Matrix::strided(&qkv[at..], end - start, self.head_dim, 3 * self.model())
    }

    /// Where the block's rows begin in a matrix of `model` columns.
    fn out(self, block: Block) -> usize {
        (block.row + block.start) * self.model() + block.column
    }

    /// The block's scores: `(end − start, end)`.
    fn scores(self, qkv: &[f32], block: Block, scores: &mut Vec<f32>) {
        let Block { start, end, .. } = block;
        scores.resize((end - start) * end, 0.0);
        let (query, key) = (self.band(qkv, block, 0, start, end), self.band(qkv, block, 1, 0, end));
        multiply(Write::Over, scores, end, self.scale(), query, key.transposed());
    }

    /// The factors of dropout for a block's weights. They are drawn for whole rows, as the
    /// composite version draws them.
    fn factors(self, block: Block, dropout: &mut Dropout) -> Option<Vec<f32>> {
        let Block { start, end, .. } = block;
        let rows: Vec<f32> = dropout.factors((end - start) * self.seq)?;
        Some(rows.chunks_exact(self.seq).flat_map(|row| &row[..end]).copied().collect())
    }

    // ANCHOR: forward
    /// O, `(batch · seq, model)`, and for each row of each head its largest score m and 1/Σ
    /// exp(S − m).
    pub(crate) fn forward(self, qkv: &[f32], dropout: &mut Dropout) -> (Buffer, Vec<(f32, f32)>) {
        let mut outputs = Buffer::any(qkv.len() / 3);
        let mut normalisers = Vec::with_capacity(self.batch * self.count * self.seq);
        let mut weights = Vec::new();
        for block in self.blocks() {
            let Block { start, end, .. } = block;
            self.scores(qkv, block, &mut weights);
            widest!({
                for (row, i) in weights.chunks_exact_mut(end).zip(start..) {
                    let (past, future) = row.split_at_mut(i + 1);
                    let largest = max(past);
                    for s in past.iter_mut() {
                        *s = exp(*s - largest);
                    }
                    let share = 1.0 / sum(past);
                    for s in past {
                        *s *= share;
                    }
                    future.fill(0.0);
                    normalisers.push((largest, share));
                }
            });
            if let Some(factors) = self.factors(block, dropout) {
                weights.iter_mut().zip(factors).for_each(|(w, factor)| *w *= factor);
            }
            let (weights, value) =
                (Matrix::new(&weights, end - start, end), self.band(qkv, block, 2, 0, end));
            multiply(Write::Over, &mut outputs[self.out(block)..], self.model(), 1.0, weights, value);
        }
        (outputs, normalisers)
    }
    // ANCHOR_END: forward

    // ANCHOR: backward
    /// The gradient by `qkv`. `dropout` must stand where it stood before [`Self::forward`].
    pub(crate) fn backward(
        self,
        qkv: &[f32],
        normalisers: &[(f32, f32)],
        arriving: &[f32],
        dropout: &mut Dropout,
    ) -> Buffer {
        let (width, scale) = (3 * self.model(), self.scale());
        let mut leaving = Buffer::zeros(qkv.len());
        let (mut weights, mut slopes, mut dropped) = (Vec::new(), Vec::new(), Vec::new());
        let mut normalisers = normalisers.iter();
        for block in self.blocks() {
            let Block { start, end, .. } = block;
            let rows = end - start;
            self.scores(qkv, block, &mut weights);
            widest!({
                for (row, i) in weights.chunks_exact_mut(end).zip(start..) {
                    let (largest, share) = *normalisers.next().expect("one for each row");
                    let (past, future) = row.split_at_mut(i + 1);
                    for s in past {
                        *s = exp(*s - largest) * share; // P
                    }
                    future.fill(0.0);
                }
            });
            let factors = self.factors(block, dropout);
            let kept = match &factors {
                None => &weights,
                Some(factors) => {
                    dropped.clear();
                    dropped.extend(weights.iter().zip(factors).map(|(w, factor)| w * factor)); // P · M
                    &dropped
                }
            };
            let dy = Matrix::strided(&arriving[self.out(block)..], rows, self.head_dim, self.model());
            let kept = Matrix::new(kept, rows, end).transposed();
            let value = self.at(block, 2, 0);
            multiply(Write::Add, &mut leaving[value..], width, 1.0, kept, dy); // dV
            slopes.resize(rows * end, 0.0);
            let value = self.band(qkv, block, 2, 0, end).transposed();
            multiply(Write::Over, &mut slopes, end, 1.0, dy, value); // dP
            if let Some(factors) = factors {
                slopes.iter_mut().zip(factors).for_each(|(s, factor)| *s *= factor);
            }
            widest!({
                for (slopes, weights) in slopes.chunks_exact_mut(end).zip(weights.chunks_exact(end)) {
                    let mean = dot(slopes, weights);
                    // dS · √head_dim
                    slopes.iter_mut().zip(weights).for_each(|(s, w)| *s = w * (*s - mean));
                }
            });
            let slopes = Matrix::new(&slopes, rows, end);
            let (query, key) = (self.at(block, 0, start), self.at(block, 1, 0));
            let keys = self.band(qkv, block, 1, 0, end);
            multiply(Write::Over, &mut leaving[query..], width, scale, slopes, keys); // dQ
            let queries = self.band(qkv, block, 0, start, end);
            // dK
            multiply(Write::Add, &mut leaving[key..], width, scale, slopes.transposed(), queries);
        }
        leaving
    }
    // ANCHOR_END: backward
}
