//! What of a pool is kept.

use rand::Rng;
use rand::seq::SliceRandom;

// ANCHOR: keep
/// Tokens of a text, at least: one has nothing to predict, so it teaches nothing.
pub const LEAST: usize = 2;

/// The texts with the highest scores, of equal ones any, until their tokens are `budget`; `lengths` are
/// those of all texts, in tokens. Each that is kept is given by its place and how many of its tokens there
/// is room for, in the order of the pool.
///
/// Were of equal texts the first ones kept, then dirt that no score tells would be read before all else.
pub fn keep(scores: &[f64], lengths: &[usize], budget: usize, rng: &mut impl Rng) -> Vec<(usize, usize)> {
    let mut places: Vec<usize> = (0..scores.len()).collect();
    places.shuffle(rng);
    places.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let (mut kept, mut left) = (Vec::new(), budget);
    for place in places {
        let tokens = lengths[place].min(left);
        if tokens < LEAST {
            break;
        }
        kept.push((place, tokens));
        left -= tokens;
    }
    kept.sort_unstable();
    kept
}
// ANCHOR_END: keep

#[cfg(test)]
mod tests {
    use super::*;
    use tensors::seeds;

    #[test]
    fn the_best_are_kept_until_there_is_no_room_and_the_last_is_cut() {
        let (scores, lengths) = ([0.5, 2.0, -1.0, 1.0], [10, 20, 30, 40]);
        let keep = |budget| keep(&scores, &lengths, budget, &mut seeds::generator(1));
        assert_eq!(keep(60), [(1, 20), (3, 40)]);
        assert_eq!(keep(61), [(1, 20), (3, 40)], "one token is no text");
        assert_eq!(keep(65), [(0, 5), (1, 20), (3, 40)], "in the pool's order");
        assert_eq!(keep(100), [(0, 10), (1, 20), (2, 30), (3, 40)]);
    }

    #[test]
    fn of_equal_scores_each_has_the_same_chance() {
        let mut counts = [0_u32; 4];
        let mut rng = seeds::generator(2);
        for _ in 0..4000 {
            for (place, _) in keep(&[1.0, 1.0, 3.0, 1.0], &[10; 4], 20, &mut rng) {
                counts[place] += 1;
            }
        }
        assert_eq!(counts[2], 4000, "the best is always kept");
        // A third of 4000, within four standard deviations of 30.
        assert!([0, 1, 3].iter().all(|&place| counts[place].abs_diff(1333) < 120), "{counts:?}");
    }
}
