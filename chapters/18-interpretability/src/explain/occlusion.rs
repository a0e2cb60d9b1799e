//! Occlusion: what the score loses when a position's vector is taken away.
//!
//! This is patching, one position after the other: in the place of the position's first vector stands the
//! mean of what stands at this position in other texts (Zeiler & Fergus 2014 put grey squares on pictures).
//! It costs a forward pass for each position; gradients cost one backward pass for all.

use crate::probe::streams;
use crate::probe::streams::scores_changed;
use dfdx::prelude::ConstDim;
use gpt::Gpt;
use transformer::Sizes;

/// Texts that are computed side by side.
const ROWS: usize = 16;

/// The mean first vector of each position over `texts`, as far as one of them reaches.
///
/// # Panics
/// When there is no text.
pub fn means<S: Sizes>(model: &Gpt<S>, texts: &[Vec<usize>]) -> Vec<f32> {
    let width = <S::Model as ConstDim>::SIZE;
    let longest = texts.iter().map(Vec::len).max().expect("a text");
    let (mut sums, mut counts) = (vec![0.0_f64; longest * width], vec![0.0_f64; longest]);
    for text in texts {
        let embedded = &streams(model, text)[0];
        sums.iter_mut().zip(embedded).for_each(|(sum, &x)| *sum += f64::from(x));
        counts[..text.len()].iter_mut().for_each(|count| *count += 1.0);
    }
    sums.iter().enumerate().map(|(i, sum)| (sum / counts[i / width]) as f32).collect()
}

// ANCHOR: occlusion
/// By how much the score of `a` minus that of `b` falls when each position's first vector is the one of
/// `means`.
///
/// # Panics
/// When there are more tokens than positions, or than `means` has vectors.
pub fn occlusion<S: Sizes>(
    model: &Gpt<S>,
    tokens: &[usize],
    [a, b]: [usize; 2],
    means: &[f32],
) -> Vec<f64> {
    let (seq, width) = (tokens.len(), <S::Model as ConstDim>::SIZE);
    let vocabulary = <S::Vocab as ConstDim>::SIZE;
    let difference = |scores: &[f32]| f64::from(scores[a] - scores[b]);
    let whole = difference(&scores_changed(model, tokens, &[seq], |_, _| ()));
    let positions: Vec<usize> = (0..seq).collect();
    let without = positions.chunks(ROWS).flat_map(|hidden| {
        let rows = tokens.repeat(hidden.len());
        let scores = scores_changed(model, &rows, &vec![seq; hidden.len()], |depth, x| {
            if depth == 0 {
                for (row, &position) in hidden.iter().enumerate() {
                    let at = (row * seq + position) * width;
                    x[at..at + width].copy_from_slice(&means[position * width..(position + 1) * width]);
                }
            }
        });
        scores.chunks_exact(vocabulary).map(difference).collect::<Vec<_>>()
    });
    without.map(|left| whole - left).collect()
}
// ANCHOR_END: occlusion

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;

    #[test]
    fn each_position_is_hidden_by_itself() {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 4);
        let tokens: Vec<usize> = (0..20).map(|i| i * i % 256).collect();
        let means = means(&model, &[vec![1; 20], vec![7; 30]]);
        assert_eq!(means.len(), 30 * 32);
        let found = occlusion(&model, &tokens, [7, 8], &means);
        let score = |hidden: Option<usize>| {
            let scores = scores_changed(&model, &tokens, &[20], |depth, x| {
                if let (0, Some(at)) = (depth, hidden) {
                    x[at * 32..(at + 1) * 32].copy_from_slice(&means[at * 32..(at + 1) * 32]);
                }
            });
            f64::from(scores[7] - scores[8])
        };
        assert_eq!(found.len(), 20);
        for (position, found) in found.iter().enumerate() {
            let lost = score(None) - score(Some(position));
            assert!((lost - found).abs() < 1e-4, "{position}: {lost} {found}");
        }
        assert!(found.iter().any(|lost| lost.abs() > 1e-3));
    }

    #[test]
    fn the_mean_is_over_the_texts_that_reach_so_far() {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 4);
        let [short, long] = [vec![1; 3], vec![7; 5]];
        let both = means(&model, &[short.clone(), long.clone()]);
        let [a, b] = [&short, &long].map(|text| streams(&model, text)[0].clone());
        assert!((both[0] - f32::midpoint(a[0], b[0])).abs() < 1e-6);
        assert!((both[4 * 32] - b[4 * 32]).abs() < 1e-6);
    }
}
