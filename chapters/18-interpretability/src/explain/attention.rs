//! Attention as an explanation: the last position's weights.

use crate::hooks::Head;
use crate::maps::Maps;

/// What one head's last row says of each position.
///
/// # Panics
/// When there is no such head.
pub fn head(maps: &Maps, head: Head) -> Vec<f64> {
    maps.row(head, 0, maps.seq() - 1).iter().map(|&weight| f64::from(weight)).collect()
}

/// The mean over all heads of all blocks.
pub fn mean(maps: &Maps) -> Vec<f64> {
    let rows: Vec<Vec<f64>> = maps.heads().into_iter().map(|one| head(maps, one)).collect();
    let n = rows.len() as f64;
    (0..maps.seq()).map(|position| rows.iter().map(|row| row[position]).sum::<f64>() / n).collect()
}

/// Attention rollout (Abnar & Zuidema 2020): how much of each position's first vector is in the last
/// position's last one, if a block passes on half of a vector as it is and the other half as its heads say,
/// on average.
pub fn rollout(maps: &Maps) -> Vec<f64> {
    let heads = maps.heads();
    let blocks = heads.chunk_by(|a, b| a.block == b.block);
    let rows: Vec<Vec<Vec<&[f32]>>> =
        blocks.map(|block| block.iter().map(|&head| maps.of_head(head, 0)).collect()).collect();
    rolled(&rows, maps.seq())
}

// ANCHOR: rollout
/// The same of rows by block, by head, by position: from the last block back to the first.
fn rolled(blocks: &[Vec<Vec<&[f32]>>], seq: usize) -> Vec<f64> {
    let mut share = vec![0.0; seq];
    share[seq - 1] = 1.0;
    for heads in blocks.iter().rev() {
        let mut before: Vec<f64> = share.iter().map(|part| 0.5 * part).collect();
        for rows in heads {
            for (row, part) in rows.iter().zip(&share) {
                let each = 0.5 * part / heads.len() as f64;
                before.iter_mut().zip(*row).for_each(|(sum, &weight)| *sum += each * f64::from(weight));
            }
        }
        share = before;
    }
    share
}
// ANCHOR_END: rollout

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small::{IDS, model};

    #[test]
    fn every_explanation_shares_out_one() {
        let maps = Maps::of(&model(1), &IDS[..6], 1);
        for explanation in [mean(&maps), rollout(&maps), head(&maps, Head { block: 1, head: 0 })] {
            assert_eq!(explanation.len(), 6);
            assert!((explanation.iter().sum::<f64>() - 1.0).abs() < 1e-5);
        }
        let all: Vec<Vec<f64>> = maps.heads().into_iter().map(|one| head(&maps, one)).collect();
        let first = all.iter().map(|row| row[0]).sum::<f64>() / all.len() as f64;
        assert!((mean(&maps)[0] - first).abs() < 1e-9);
    }

    #[test]
    fn rollout_by_hand() {
        // Two positions, one head a block. The second looks at the first in the last block, and at itself
        // in the one before: half of it comes from the first.
        let (first, second) = ([1.0, 0.0], [0.0, 1.0]);
        let (itself, back): (Vec<&[f32]>, Vec<&[f32]>) = (vec![&first, &second], vec![&first, &first]);
        assert_eq!(rolled(&[vec![itself.clone()], vec![back.clone()]], 2), [0.5, 0.5]);
        // Looking back in both: what goes straight, or once, or twice.
        assert_eq!(rolled(&[vec![back.clone()], vec![back]], 2), [0.75, 0.25]);
        assert_eq!(rolled(&[vec![itself]], 2), [0.0, 1.0]);
    }
}
