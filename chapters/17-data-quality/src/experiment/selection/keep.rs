//! What of a pool is kept.

/// The texts with the highest scores, of equal ones those that come first, until their tokens are `budget`;
/// `lengths` are those of all texts, in tokens. Each that is kept is given by its place and how many of its
/// tokens there is room for, in the order of the pool. (A text of one token teaches nothing: a model would
/// have nothing to predict.)
pub fn keep(scores: &[f64], lengths: &[usize], budget: usize) -> Vec<(usize, usize)> {
    let mut places: Vec<usize> = (0..scores.len()).collect();
    places.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let (mut kept, mut left) = (Vec::new(), budget);
    for place in places {
        let tokens = lengths[place].min(left);
        if tokens < 2 {
            break;
        }
        kept.push((place, tokens));
        left -= tokens;
    }
    kept.sort_unstable();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_kept_until_there_is_no_room_and_the_last_is_cut() {
        let (scores, lengths) = ([0.5, 2.0, -1.0, 1.0], [10, 20, 30, 40]);
        assert_eq!(keep(&scores, &lengths, 60), [(1, 20), (3, 40)]);
        assert_eq!(keep(&scores, &lengths, 61), [(1, 20), (3, 40)], "one token is no text");
        assert_eq!(keep(&scores, &lengths, 65), [(0, 5), (1, 20), (3, 40)], "in the pool's order");
        assert_eq!(keep(&scores, &lengths, 100), [(0, 10), (1, 20), (2, 30), (3, 40)]);
    }

    #[test]
    fn of_equal_scores_the_first_are_kept() {
        assert_eq!(keep(&[0.0; 4], &[10; 4], 25), [(0, 10), (1, 10), (2, 5)]);
    }
}
