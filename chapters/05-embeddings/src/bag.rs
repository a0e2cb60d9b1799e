//! One-hot vectors of words, and bags of words of documents.

// ANCHOR: one_hot
/// The one-hot vector of a word: 1 at its id, 0 elsewhere. Any two words are equally far apart.
///
/// # Panics
/// When `id` is not smaller than `size`.
pub fn one_hot(id: usize, size: usize) -> Vec<f64> {
    let mut vector = vec![0.0; size];
    vector[id] = 1.0;
    vector
}
// ANCHOR_END: one_hot

// ANCHOR: bag
/// The bag of words of a *document*: how often each word occurs in it, the sum of its words'
/// one-hot vectors.
pub fn counts(document: &[usize], size: usize) -> Vec<f64> {
    let mut bag = vec![0.0; size];
    for &id in document {
        bag[id] += 1.0;
    }
    bag
}

/// The binary bag: whether each word occurs.
pub fn binary(document: &[usize], size: usize) -> Vec<f64> {
    counts(document, size).into_iter().map(|count| f64::from(count > 0.0)).collect()
}
// ANCHOR_END: bag

// ANCHOR: tf_idf
/// TF-IDF: a word counts in a document as often as it occurs there, times ln(documents / documents
/// that have it). A word that every document has counts nothing.
pub fn tf_idf(documents: &[Vec<usize>], size: usize) -> Vec<Vec<f64>> {
    let mut having = vec![0.0; size];
    for document in documents {
        for (having, present) in having.iter_mut().zip(binary(document, size)) {
            *having += present;
        }
    }
    let all = documents.len() as f64;
    let weigh = |(count, having): (f64, &f64)| if count > 0.0 { count * (all / having).ln() } else { 0.0 };
    documents
        .iter()
        .map(|document| counts(document, size).into_iter().zip(&having).map(weigh).collect())
        .collect()
}
// ANCHOR_END: tf_idf

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::cosine;
    use proptest::prelude::*;

    #[test]
    fn order_is_lost() {
        assert_eq!(counts(&[0, 1, 2, 0, 3], 4), counts(&[0, 3, 2, 0, 1], 4));
        assert_eq!(counts(&[0, 1, 2, 0, 3], 4), [2.0, 1.0, 1.0, 1.0]);
        assert_eq!(binary(&[0, 1, 2, 0, 3], 5), [1.0, 1.0, 1.0, 1.0, 0.0]);
    }

    #[test]
    fn tf_idf_by_hand() {
        // Word 0 is everywhere; word 1 twice in one of two documents; word 3 nowhere.
        let weights = tf_idf(&[vec![0, 1, 1], vec![0, 2]], 4);
        let ln_2 = std::f64::consts::LN_2;
        assert_eq!(weights, [vec![0.0, 2.0 * ln_2, 0.0, 0.0], vec![0.0, 0.0, ln_2, 0.0]]);
    }

    proptest! {
        #[test]
        fn a_bag_is_the_sum_of_one_hot_vectors(document in prop::collection::vec(0_usize..9, 0..20)) {
            let mut sum = vec![0.0; 9];
            for &id in &document {
                for (sum, x) in sum.iter_mut().zip(one_hot(id, 9)) {
                    *sum += x;
                }
            }
            prop_assert_eq!(sum, counts(&document, 9));
        }

        #[test]
        fn different_one_hot_vectors_have_the_cosine_zero(a in 0_usize..9, b in 0_usize..9) {
            prop_assert_eq!(cosine(&one_hot(a, 9), &one_hot(b, 9)), f64::from(a == b));
        }
    }
}
