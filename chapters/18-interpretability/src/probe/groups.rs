//! Is it a property of the words, or can any list be learned by heart?
//!
//! In a stream of 128 numbers the vectors of 45 words are likely to be independent. Then *any* way to sort
//! the words into groups can be read by a straight line, also one that was drawn by lot. So that a probe
//! can tell toys from tools proves nothing, as long as it has seen every toy. The control of Hewitt & Liang
//! (2019) is the drawn list; a stronger one is to ask about words that the probe has not seen.

use super::Probe;
use rand::Rng;
use rand::seq::SliceRandom;

// ANCHOR: unseen
/// Of each example whether its group is guessed by a probe that has seen all values but those of the
/// example's fold, where `values[i]` is the value of example i, `group` sorts the values and `fold` parts
/// them. The folds should be those of the same groups ([`folds`]): a group of which more is left out than
/// of the others would be guessed too seldom.
///
/// # Panics
/// When there are no values.
pub fn unseen(examples: &[&[f32]], values: &[usize], group: &[usize], fold: &[usize]) -> Vec<bool> {
    let (groups, folds) = (1 + group.iter().max().expect("values"), 1 + fold.iter().max().expect("values"));
    let mut right = vec![false; examples.len()];
    for left_out in 0..folds {
        let is_out = |i: &usize| fold[values[*i]] == left_out;
        let (out, seen): (Vec<usize>, Vec<usize>) = (0..examples.len()).partition(is_out);
        let known: Vec<&[f32]> = seen.iter().map(|&i| examples[i]).collect();
        let labels: Vec<usize> = seen.iter().map(|&i| group[values[i]]).collect();
        let probe = Probe::fit(&known, &labels, groups);
        for i in out {
            right[i] = probe.guess(examples[i]) == group[values[i]];
        }
    }
    right
}
// ANCHOR_END: unseen

/// Of how many values most examples are right. Examples of one value stand or fall together: it is the
/// values that are counted, not the stories in which they are told.
pub fn mostly_right(right: &[bool], values: &[usize]) -> usize {
    let count = 1 + values.iter().max().map_or(0, |max| *max);
    let mut votes = vec![0_i64; count];
    for (right, &value) in right.iter().zip(values) {
        votes[value] += if *right { 1 } else { -1 };
    }
    votes.iter().filter(|votes| **votes > 0).count()
}

/// A list drawn by lot: the same groups, as large as they are, for other values.
pub fn drawn_by_lot(group: &[usize], rng: &mut impl Rng) -> Vec<usize> {
    let mut drawn = group.to_vec();
    drawn.shuffle(rng);
    drawn
}

/// Parts the values into folds of which each has as many of every group, if the groups are equally large:
/// the first value of each group in the first, and so on, again and again.
pub fn folds(group: &[usize], count: usize) -> Vec<usize> {
    let mut met = vec![0; 1 + group.iter().max().expect("values")];
    let fold = |&group: &usize| {
        met[group] += 1;
        (met[group] - 1) % count
    };
    group.iter().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensors::seeds;

    /// Twelve words in two groups; a word's vector has its group's sign in the first number, if `is_real`,
    /// and numbers of its own.
    fn words(is_real: bool, group: &[usize]) -> (Vec<Vec<f32>>, Vec<usize>) {
        let mut rng = seeds::generator(5);
        let vectors: Vec<Vec<f32>> = (0..12)
            .map(|word| {
                let mut vector: Vec<f32> = (0..16).map(|_| rng.r#gen::<f32>() - 0.5).collect();
                if is_real {
                    vector[0] = if group[word] == 0 { -2.0 } else { 2.0 };
                }
                vector
            })
            .collect();
        let examples = (0..600).map(|i| {
            (vectors[i % 12].iter().map(|x| x + 0.02 * (rng.r#gen::<f32>() - 0.5)).collect(), i % 12)
        });
        examples.unzip()
    }

    #[test]
    fn any_list_can_be_learned_by_heart_and_only_a_real_one_goes_on() {
        let group: Vec<usize> = (0..12).map(|word| word % 2).collect();
        let fold = folds(&group, 6);
        for is_real in [true, false] {
            let (examples, values) = words(is_real, &group);
            let views: Vec<&[f32]> = examples.iter().map(Vec::as_slice).collect();
            let labels: Vec<usize> = values.iter().map(|&value| group[value]).collect();
            let seen = Probe::fit(&views, &labels, 2).accuracy(&views, &labels);
            assert!(seen > 0.99, "{seen}");
            let unseen = mostly_right(&unseen(&views, &values, &group, &fold), &values);
            assert_eq!(unseen >= 11, is_real, "{unseen} of 12");
        }
    }

    #[test]
    fn of_lists_by_lot_no_more_unseen_words_are_right_than_by_chance() {
        let group: Vec<usize> = (0..12).map(|word| word % 2).collect();
        let (examples, values) = words(false, &group);
        let views: Vec<&[f32]> = examples.iter().map(Vec::as_slice).collect();
        let mut rng = seeds::generator(8);
        let lots = (0..20).map(|_| {
            let lot = drawn_by_lot(&group, &mut rng);
            mostly_right(&unseen(&views, &values, &lot, &folds(&lot, 6)), &values)
        });
        // 240 words with a chance of ½ each: 120, with a standard error of 7.7. Three of them.
        let right: usize = lots.sum();
        assert!(right.abs_diff(120) < 24, "{right} of 240");
    }

    #[test]
    fn a_value_is_right_if_most_of_its_examples_are() {
        let right = [true, true, false, true, false, false];
        assert_eq!(mostly_right(&right, &[0, 0, 0, 1, 1, 2]), 1);
    }

    #[test]
    fn a_list_by_lot_has_groups_of_the_same_sizes() {
        let group = [0, 0, 0, 1, 1, 2];
        let mut drawn = drawn_by_lot(&group, &mut seeds::generator(1));
        assert_ne!(drawn, group);
        drawn.sort_unstable();
        assert_eq!(drawn, group);
        assert_eq!(folds(&[0, 0, 1, 0, 1, 1], 3), [0, 1, 0, 2, 1, 2]);
    }
}
