//! Is it a property of the words, or can any list be learned by heart?
//!
//! In a stream of 128 numbers the vectors of 45 words are likely to be independent. Then *any* way to sort the
//! words into groups can be read by a straight line, also one that was drawn by lot. So that a probe can tell
//! toys from tools proves nothing, as long as it has seen every toy. The control of Hewitt & Liang (2019) is the
//! drawn list; a stronger one is to ask about words that the probe has not seen.

use super::Probe;
use rand::Rng;
use rand::seq::SliceRandom;

// ANCHOR: unseen
/// The share of examples whose group is guessed by a probe that has seen all values but those of the example's
/// fold, where `values[i]` is the value of example i, `group` sorts the values and `fold` parts them.
pub fn unseen(examples: &[&[f32]], values: &[usize], group: &[usize], fold: &[usize]) -> f64 {
    let (groups, folds) = (1 + group.iter().max().expect("values"), 1 + fold.iter().max().expect("values"));
    let right = (0..folds).map(|left_out| {
        let (mut seen, mut labels, mut unseen, mut truth) = (vec![], vec![], vec![], vec![]);
        for (&x, &value) in examples.iter().zip(values) {
            let is_out = fold[value] == left_out;
            let (part, answers) = if is_out { (&mut unseen, &mut truth) } else { (&mut seen, &mut labels) };
            part.push(x);
            answers.push(group[value]);
        }
        let probe = Probe::fit(&seen, &labels, groups);
        unseen.iter().zip(&truth).filter(|(x, truth)| probe.guess(x) == **truth).count()
    });
    right.sum::<usize>() as f64 / examples.len() as f64
}
// ANCHOR_END: unseen

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

    /// Twelve words in two groups; a word's vector has its group's sign in the first number, if `is_real`, and
    /// numbers of its own.
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
            let unseen = unseen(&views, &values, &group, &fold);
            assert_eq!(unseen > 0.95, is_real, "{unseen}");
        }
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
