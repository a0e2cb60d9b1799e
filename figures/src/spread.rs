//! Labels moved apart where they would overlap.

/// Places the centres of labels one below the other: as near to `wanted` (in rising order) as their
/// `heights` allow, between `top` and `bottom`.
///
/// Labels that touch form a block; a block that would run into the one above it joins it, and a
/// block lies where its labels are best off together (isotonic regression).
pub(crate) fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    struct Block {
        start: f64,
        height: f64,
        labels: usize,
        /// The mean of where the labels want the block to start.
        best: f64,
    }
    let settle = |block: &mut Block| block.start = block.best.min(bottom - block.height).max(top);
    let mut blocks: Vec<Block> = Vec::new();
    for (&centre, &height) in wanted.iter().zip(heights) {
        let mut block = Block { start: 0.0, height, labels: 1, best: centre - height / 2.0 };
        settle(&mut block);
        while let Some(above) = blocks.pop_if(|above| above.start + above.height > block.start) {
            let (n, m) = (above.labels as f64, block.labels as f64);
            block = Block {
                start: 0.0,
                height: above.height + block.height,
                labels: above.labels + block.labels,
                best: (n * above.best + m * (block.best - above.height)) / (n + m),
            };
            settle(&mut block);
        }
        blocks.push(block);
    }
    let mut heights = heights.iter();
    let mut centres = Vec::new();
    for block in blocks {
        let mut edge = block.start;
        for height in heights.by_ref().take(block.labels) {
            centres.push(edge + height / 2.0);
            edge += height;
        }
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_with_room_stay_and_others_move_apart_evenly() {
        assert_eq!(spread(&[20.0, 60.0], &[10.0; 2], 0.0, 100.0), [20.0, 60.0]);
        assert_eq!(spread(&[50.0, 50.0], &[10.0; 2], 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(spread(&[99.0, 99.0], &[10.0; 2], 0.0, 100.0), [85.0, 95.0]);
    }

    proptest! {
        #[test]
        fn labels_never_overlap_nor_leave(mut wanted in prop::collection::vec(-20.0..120.0_f64, 1..6)) {
            wanted.sort_by(f64::total_cmp);
            let heights = vec![16.0; wanted.len()];
            let centres = spread(&wanted, &heights, 0.0, 100.0);
            prop_assert_eq!(centres.len(), wanted.len());
            prop_assert!(centres.windows(2).all(|pair| pair[1] - pair[0] > 16.0 - 1e-9));
            prop_assert!(centres[0] >= 8.0 - 1e-9 && centres[centres.len() - 1] <= 92.0 + 1e-9);
        }
    }
}
