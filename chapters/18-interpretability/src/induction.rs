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

/// `length` random tokens of the `pool`, no two of them the same place of it, and then the same once more.
///
/// # Panics
/// When the pool has not so many tokens.
pub fn repeated(pool: &[usize], length: usize, rng: &mut impl Rng) -> Vec<usize> {
    let drawn = rand::seq::index::sample(rng, pool.len(), length);
    let mut once: Vec<usize> = drawn.into_iter().map(|at| pool[at]).collect();
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

/// What [`looks_at`] says of a head that looks at all positions that it may see evenly: chance.
pub fn even(seq: usize, sources: impl Fn(usize) -> Vec<usize>) -> Option<f64> {
    let looks =
        (0..seq).map(|position| (sources(position).len(), position + 1)).filter(|(count, _)| *count > 0);
    let looks: Vec<f64> = looks.map(|(count, seen)| count as f64 / seen as f64).collect();
    (!looks.is_empty()).then(|| looks.iter().sum::<f64>() / looks.len() as f64)
}

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

/// The positions up to this one that hold one of some tokens: where they can be looked up.
pub fn copies(tokens: &[usize], position: usize, wanted: &[usize]) -> Vec<usize> {
    (0..=position).filter(|&at| wanted.contains(&tokens[at])).collect()
}

/// The positions right behind [`copies`]: a head of an earlier block may have carried a token one place on,
/// as one that looks at the token before does.
pub fn behind_copies(tokens: &[usize], position: usize, wanted: &[usize]) -> Vec<usize> {
    (1..=position).filter(|&at| wanted.contains(&tokens[at - 1])).collect()
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

    const ALL: [usize; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    #[test]
    fn a_sequence_is_read_twice_and_holds_no_token_twice_before() {
        let pool = [3, 5, 7, 9, 11, 13];
        let tokens = repeated(&pool, 4, &mut seeds::generator(1));
        assert_eq!(tokens[..4], tokens[4..]);
        assert!((0..4).all(|i| pool.contains(&tokens[i]) && !tokens[..i].contains(&tokens[i])));
        assert_ne!(tokens, repeated(&pool, 4, &mut seeds::generator(2)));
    }

    #[test]
    fn followers_stand_behind_earlier_copies() {
        let tokens = [7, 3, 7, 9, 3, 7];
        let all: Vec<Vec<usize>> = (0..6).map(|position| followers(&tokens, position)).collect();
        // The 7 at position 2 itself follows no copy of itself; at 5 both earlier ones have followers.
        assert_eq!(all, [vec![], vec![], vec![1], vec![], vec![2], vec![1, 3]]);
        // In a sequence read twice: the stripe one short of its length back.
        let twice = repeated(&ALL, 4, &mut seeds::generator(1));
        for position in 4..8 {
            assert_eq!(followers(&twice, position), [position - 3]);
        }
    }

    #[test]
    fn what_is_wanted_stands_where_it_was_read_and_may_have_been_carried_one_place_on() {
        let tokens = [7, 3, 7, 9, 3, 7];
        assert_eq!(copies(&tokens, 4, &[7]), [0, 2]);
        assert_eq!(copies(&tokens, 5, &[3, 9]), [1, 3, 4]);
        assert_eq!(behind_copies(&tokens, 4, &[7]), [1, 3]);
        // Right behind the position itself nothing has been read yet.
        assert_eq!(behind_copies(&tokens, 5, &[7]), [1, 3]);
        assert_eq!(copies(&tokens, 3, &[]), Vec::<usize>::new());
    }

    #[test]
    fn a_stripe_is_an_induction_head_and_an_even_map_is_chance() {
        let tokens = repeated(&ALL, 4, &mut seeds::generator(3));
        let sources = |position: usize| followers(&tokens, position);
        let map =
            |look: &dyn Fn(usize) -> Vec<f32>| Maps::made(1, 8, vec![(0..8).flat_map(look).collect()]);
        let head = Head { block: 0, head: 0 };
        let stripe = map(&|position| {
            let at = if position < 4 { 0 } else { position - 3 };
            (0..8).map(|other| f32::from(u8::from(other == at))).collect()
        });
        assert_eq!(prefix_matching(&stripe, head, 0, &tokens), Some(1.0));
        let flat = map(&|position| {
            (0..8).map(|other| if other <= position { 1.0 / (position + 1) as f32 } else { 0.0 }).collect()
        });
        let chance = even(8, sources).unwrap();
        assert!((chance - (1.0 / 5.0 + 1.0 / 6.0 + 1.0 / 7.0 + 1.0 / 8.0) / 4.0).abs() < 1e-12);
        assert!((prefix_matching(&flat, head, 0, &tokens).unwrap() - chance).abs() < 1e-6);
        assert_eq!(even(3, |_| Vec::new()), None);
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
        let tokens = repeated(&ALL, 4, &mut seeds::generator(1));
        let scores = hooked(&model, &tokens, 1, |_, _| ());
        let bits = gpt::evaluate::bits(&model, &tokens);
        let mean = |range: std::ops::Range<usize>| bits[range].iter().sum::<f64>() / 3.0;
        let [first, second] = halves(&scores, 12, &tokens);
        assert!((first - mean(0..3)).abs() < 1e-4 && (second - mean(4..7)).abs() < 1e-4);
    }
}
