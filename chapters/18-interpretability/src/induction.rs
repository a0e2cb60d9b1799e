//! Heads that look for what came before.
//!
//! An **induction head** looks from a token back to the one that *followed* an earlier copy of it, and
//! says that the same will follow again: … A B … A → B (Elhage et al. 2021; Olsson et al. 2022). Whether a
//! head looks there can be measured on any text with repetitions; on random tokens, twice the same, there
//! is nothing else to go by.

use crate::hooks::Head;
use crate::maps::Maps;
use gpt::evaluate::log_softmax;
use rand::Rng;
use std::f64::consts::LN_2;

/// `length` random tokens below `vocabulary`, no two of them the same, and then the same once more.
///
/// # Panics
/// When there are not so many tokens.
pub fn repeated(vocabulary: usize, length: usize, rng: &mut impl Rng) -> Vec<usize> {
    let mut once = rand::seq::index::sample(rng, vocabulary, length).into_vec();
    once.extend_from_within(..);
    once
}

// ANCHOR: looks_at
/// How much a head looks, on average over the positions of a sequence that are asked, at the positions
/// that `sources` names for each of them; positions for which it names none are not asked. `None` if
/// nothing is asked.
pub fn looks_at(
    maps: &Maps,
    head: Head,
    sequence: usize,
    sources: impl Fn(usize) -> Vec<usize>,
) -> Option<f64> {
    let looks = (0..maps.seq()).filter_map(|position| {
        let (sources, row) = (sources(position), maps.row(head, sequence, position));
        (!sources.is_empty()).then(|| sources.iter().map(|&source| f64::from(row[source])).sum::<f64>())
    });
    let looks: Vec<f64> = looks.collect();
    (!looks.is_empty()).then(|| looks.iter().sum::<f64>() / looks.len() as f64)
}
// ANCHOR_END: looks_at

// ANCHOR: followers
/// For a position the positions behind earlier copies of its token: where an induction head looks.
pub fn followers(tokens: &[usize], position: usize) -> Vec<usize> {
    (1..=position).filter(|&other| tokens[other - 1] == tokens[position]).collect()
}
// ANCHOR_END: followers

/// The **prefix-matching score** of a head over a sequence: how much it looks at the tokens that followed
/// earlier copies of the one that it stands on.
pub fn prefix_matching(maps: &Maps, head: Head, sequence: usize, tokens: &[usize]) -> Option<f64> {
    looks_at(maps, head, sequence, |position| followers(tokens, position))
}

/// How much a head looks at the token just before: what an induction head needs another head for.
pub fn previous_token(maps: &Maps, head: Head, sequence: usize) -> Option<f64> {
    looks_at(maps, head, sequence, |position| position.checked_sub(1).into_iter().collect())
}

/// Where the token that comes *next* was read before: what a head looks at that fetches it, however it
/// finds it. Positions that `asked` leaves out have none.
pub fn copies_of_next(tokens: &[usize], position: usize, asked: &[bool]) -> Vec<usize> {
    match tokens.get(position + 1) {
        Some(next) if asked[position + 1] => (0..=position).filter(|&at| tokens[at] == *next).collect(),
        _ => Vec::new(),
    }
}

// ANCHOR: halves
/// Mean bits of a token in each half of a sequence that was read twice, from its `scores`, `(seq, Vocab)`.
/// The first token of each half is left out: nothing says what it will be.
pub fn halves(scores: &[f32], vocabulary: usize, tokens: &[usize]) -> [f64; 2] {
    let length = tokens.len() / 2;
    let bits = |at: usize| -log_softmax(&scores[(at - 1) * vocabulary..][..vocabulary])[tokens[at]] / LN_2;
    [1..length, length + 1..2 * length].map(|half| half.map(bits).sum::<f64>() / (length - 1) as f64)
}
// ANCHOR_END: halves

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hooks::hooked;
    use crate::small::model;
    use tensors::seeds;

    #[test]
    fn a_sequence_is_read_twice_and_holds_no_token_twice_before() {
        let tokens = repeated(12, 4, &mut seeds::generator(1));
        assert_eq!(tokens[..4], tokens[4..]);
        assert!((0..4).all(|i| tokens[i] < 12 && !tokens[..i].contains(&tokens[i])));
        assert_ne!(tokens, repeated(12, 4, &mut seeds::generator(2)));
    }

    #[test]
    fn followers_stand_behind_earlier_copies() {
        let tokens = [7, 3, 7, 9, 3, 7];
        let all: Vec<Vec<usize>> = (0..6).map(|position| followers(&tokens, position)).collect();
        // The 7 at position 2 itself follows no copy of itself; at 5 both earlier ones have followers.
        assert_eq!(all, [vec![], vec![], vec![1], vec![], vec![2], vec![1, 3]]);
        // In a sequence read twice: the stripe one short of its length back.
        let twice = repeated(12, 4, &mut seeds::generator(1));
        for position in 4..8 {
            assert_eq!(followers(&twice, position), [position - 3]);
        }
    }

    #[test]
    fn copies_of_the_next_token_are_asked_for_where_it_is_asked() {
        let (tokens, asked) = ([7, 3, 7, 9, 3, 7], [false, false, true, true, true, false]);
        let all: Vec<Vec<usize>> = (0..6).map(|at| copies_of_next(&tokens, at, &asked)).collect();
        // Next comes 3 (not asked), 7 (at 0), 9 (new), 3 (at 1), 7 (not asked), and nothing.
        assert_eq!(all, [vec![], vec![0], vec![], vec![1], vec![], vec![]]);
    }

    #[test]
    fn scores_are_means_over_what_is_asked() {
        let (model, tokens) = (model(1), [7, 3, 7, 9, 3, 7]);
        let maps = Maps::of(&model, &tokens, 1);
        for head in maps.heads() {
            let row = |position: usize, other: usize| f64::from(maps.row(head, 0, position)[other]);
            let by_hand = (row(2, 1) + row(4, 2) + row(5, 1) + row(5, 3)) / 3.0;
            assert!((prefix_matching(&maps, head, 0, &tokens).unwrap() - by_hand).abs() < 1e-9);
            let before = (1..6).map(|at| row(at, at - 1)).sum::<f64>() / 5.0;
            assert!((previous_token(&maps, head, 0).unwrap() - before).abs() < 1e-9);
        }
        assert_eq!(looks_at(&maps, Head { block: 0, head: 0 }, 0, |_| Vec::new()), None);
    }

    #[test]
    fn halves_are_told_apart_and_leave_out_what_nobody_can_know() {
        let model = model(2);
        let tokens = repeated(12, 4, &mut seeds::generator(1));
        let scores = hooked(&model, &tokens, 1, |_, _| ());
        let bits = gpt::evaluate::bits(&model, &tokens);
        let mean = |range: std::ops::Range<usize>| bits[range].iter().sum::<f64>() / 3.0;
        let [first, second] = halves(&scores, 12, &tokens);
        assert!((first - mean(0..3)).abs() < 1e-4 && (second - mean(4..7)).abs() < 1e-4);
    }
}
