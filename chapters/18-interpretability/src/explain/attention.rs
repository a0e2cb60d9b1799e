//! Attention as an explanation: the last position's weights.

use deep_networks::Dropout;
use dfdx::prelude::{ConstDim, NoneTape};
use gpt::Gpt;
use gpt::seen::Place;
use kernels::Kernels;
use transformer::Sizes;

/// The weights of every head for a text of `seq` positions: block by block, head by head, row by row.
pub type Weights = Vec<Vec<Vec<f32>>>;

/// The attention weights of a text.
///
/// # Panics
/// When there are more tokens than positions.
pub fn weights<S: Sizes>(model: &Gpt<S>, tokens: &[usize]) -> Weights {
    let seq = tokens.len();
    let device = model.tokens.weight.device().clone();
    let masks = <dfdx::prelude::Cpu as Kernels<f32>>::causal(&device, seq).masks(&device, 1, seq);
    let mut all = Vec::new();
    model.stream_seen(tokens, 1, NoneTape, &mut Dropout::off(), |place, x| {
        let next = match place {
            Place::Embedded => Some(0),
            Place::Thought(block) => Some(block + 1),
            Place::Heads(_) | Place::Attended(_) => None,
        };
        if let Some(block) = next.and_then(|next| model.blocks.modules.get(next)) {
            let y = block.norm1.norm(x.clone());
            let weights = block.attention.weights(y.clone(), y, Some(&masks)).as_vec();
            all.push(weights.chunks_exact(seq * seq).map(<[f32]>::to_vec).collect());
        }
        x
    });
    all
}

/// What one head's last row says of each position.
pub fn head(weights: &Weights, block: usize, head: usize) -> Vec<f64> {
    let weights = &weights[block][head];
    let seq = (weights.len() as f64).sqrt() as usize;
    weights[(seq - 1) * seq..].iter().map(|&weight| f64::from(weight)).collect()
}

/// The mean over all heads of all blocks.
pub fn mean(weights: &Weights) -> Vec<f64> {
    let rows: Vec<Vec<f64>> = weights
        .iter()
        .enumerate()
        .flat_map(|(block, heads)| (0..heads.len()).map(move |number| head(weights, block, number)))
        .collect();
    let n = rows.len() as f64;
    (0..rows[0].len()).map(|position| rows.iter().map(|row| row[position]).sum::<f64>() / n).collect()
}

// ANCHOR: rollout
/// Attention rollout (Abnar & Zuidema 2020): how much of each position's first vector is in the last position's
/// last one, if a block passes on half of a vector as it is and the other half as its heads say, on average.
pub fn rollout(weights: &Weights) -> Vec<f64> {
    let seq = (weights[0][0].len() as f64).sqrt() as usize;
    let mut share = vec![0.0; seq];
    share[seq - 1] = 1.0;
    for heads in weights.iter().rev() {
        let mut before = vec![0.0; seq];
        for (position, &part) in share.iter().enumerate() {
            before[position] += 0.5 * part;
            for head in heads {
                let row = &head[position * seq..=position * seq + position];
                let each = 0.5 * part / heads.len() as f64;
                before.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += each * f64::from(weight));
            }
        }
        share = before;
    }
    share
}
// ANCHOR_END: rollout

/// How many heads a model has in each block.
pub fn heads<S: Sizes>() -> (usize, usize) {
    (<S::Layers as ConstDim>::SIZE, <S::Heads as ConstDim>::SIZE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;

    #[test]
    fn every_row_sums_to_one_and_looks_back_only() {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 4);
        let weights = weights(&model, &[3, 1, 4, 1, 5]);
        assert_eq!((weights.len(), weights[0].len()), heads::<Tiny>());
        for head in weights.iter().flatten() {
            for (i, row) in head.chunks_exact(5).enumerate() {
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
                assert!(row[i + 1..].iter().all(|&weight| weight == 0.0));
            }
        }
        for explanation in [mean(&weights), rollout(&weights), head(&weights, 1, 0)] {
            assert_eq!(explanation.len(), 5);
            assert!((explanation.iter().sum::<f64>() - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn rollout_by_hand() {
        // Two blocks of one head over two positions. The second position looks at the first with weight 1 in the
        // second block, and at itself in the first: half of it comes from the first position.
        let (itself, back) = (vec![1.0, 0.0, 0.0, 1.0], vec![1.0, 0.0, 1.0, 0.0]);
        assert_eq!(rollout(&vec![vec![itself.clone()], vec![back.clone()]]), [0.5, 0.5]);
        // Looking back in both: what goes straight, or once, or twice.
        assert_eq!(rollout(&vec![vec![back.clone()], vec![back]]), [0.75, 0.25]);
        assert_eq!(rollout(&vec![vec![itself]]), [0.0, 1.0]);
    }
}
