//! How good are the vectors? The world knows the answers.

use crate::EmbeddingError;
use crate::space::Space;
use crate::vocabulary::Vocabulary;
use crate::world::{Relation, kinds};

/// The share of right answers to *a is to b as c is to what?*, over all pairs of pairs of a
/// relation, in both directions.
///
/// # Errors
/// [`EmbeddingError::UnknownWord`] when the corpus lacks a word of the relation.
pub fn analogies(
    space: &Space,
    vocabulary: &Vocabulary,
    relation: &Relation,
) -> Result<f64, EmbeddingError> {
    let ids = |pair: &(&str, &str, _)| Ok((vocabulary.id(pair.0)?, vocabulary.id(pair.1)?));
    let pairs = relation.pairs.iter().map(ids).collect::<Result<Vec<_>, _>>()?;
    let (mut right, mut asked) = (0.0, 0.0);
    for &(a, b) in &pairs {
        for &(c, d) in pairs.iter().filter(|&&pair| pair != (a, b)) {
            right += f64::from(space.analogy(a, b, c) == d) + f64::from(space.analogy(b, a, d) == c);
            asked += 2.0;
        }
    }
    Ok(right / asked)
}

/// The share of words among whose five nearest neighbours most are of their own [kind](kinds): the
/// mean of that share over all words.
///
/// # Errors
/// [`EmbeddingError::UnknownWord`] when the corpus lacks a word of a kind.
pub fn neighbours(space: &Space, vocabulary: &Vocabulary) -> Result<f64, EmbeddingError> {
    const NEAREST: usize = 5;
    let (mut right, mut asked) = (0, 0);
    for kind in kinds() {
        let kind = kind.into_iter().map(|word| vocabulary.id(word)).collect::<Result<Vec<_>, _>>()?;
        for &word in &kind {
            right += space.neighbours(word, NEAREST).iter().filter(|near| kind.contains(&near.0)).count();
            asked += NEAREST;
        }
    }
    Ok(right as f64 / asked as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bag::one_hot;
    use crate::world::{RELATIONS, sentences};

    #[test]
    fn vectors_made_from_the_answers_are_perfect_and_one_hot_vectors_are_at_chance() {
        let vocabulary = Vocabulary::of(&sentences(5000, 1)).unwrap();
        let kinds = kinds();
        let place = |id: usize| {
            let word = vocabulary.word(id);
            let kind = kinds.iter().position(|kind| kind.contains(&word));
            let pair = kind.and_then(|kind| kinds[kind].iter().position(|other| *other == word));
            let kind = kind.map_or(vec![0.0; 16], |kind| one_hot(kind, 16));
            [kind, pair.map_or(vec![0.0; 12], |pair| one_hot(pair, 12))].concat()
        };
        let perfect = Space::new((0..vocabulary.size()).map(place));
        let blind = Space::new((0..vocabulary.size()).map(|id| one_hot(id, vocabulary.size())));
        for relation in &RELATIONS {
            assert_eq!(analogies(&perfect, &vocabulary, relation).unwrap(), 1.0, "{}", relation.name);
            assert!(analogies(&blind, &vocabulary, relation).unwrap() < 0.05, "{}", relation.name);
        }
        assert!(neighbours(&blind, &vocabulary).unwrap() < 0.1);
    }
}
