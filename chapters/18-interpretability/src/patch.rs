//! Activation patching: what a part carries from one text into another (Vig et al. 2020 with the words of
//! causal mediation; Meng et al. 2022 as causal tracing).
//!
//! Two texts differ in one thing, and the model says different things about them. Let it read the one, and
//! put in at one place what the other has there. If the answer of the other comes back, that place carried
//! the difference.

use crate::hooks::{Kept, hooked};
use dfdx::prelude::ConstDim;
use gpt::seen::Place;
use gpt::{Gpt, Sizes};
use kernels::Kernels;

/// What is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patch {
    /// Where.
    pub place: Place,
    /// At which position.
    pub position: usize,
    /// At [`Place::Heads`] the numbers of one head; else, and elsewhere, the whole vector.
    pub head: Option<usize>,
}

// ANCHOR: patched
/// The scores of every token as the next one at every position of one text, `(seq, Vocab)`, where
/// `patches` are taken from another text of as many tokens, whose numbers are `other`.
pub fn patched<S: Sizes, D: Kernels<f32>>(
    model: &Gpt<S, f32, D>,
    tokens: &[usize],
    other: &Kept,
    patches: &[Patch],
) -> Vec<f32> {
    let (width, head_dim) = (<S::Model as ConstDim>::SIZE, <S::HeadDim as ConstDim>::SIZE);
    hooked(model, tokens, 1, |place, here| {
        for patch in patches.iter().filter(|patch| patch.place == place) {
            let numbers = patch.head.map_or(0..width, |head| head * head_dim..(head + 1) * head_dim);
            let from = &other.vector(place, patch.position)[numbers.clone()];
            here[patch.position * width..][numbers].copy_from_slice(from);
        }
    })
}
// ANCHOR_END: patched

// ANCHOR: recovered
/// How much of the difference between two texts a patch brings back: 0 where the answer stays that of the
/// text that is read, 1 where it becomes that of the other. Less than 0 and more than 1 can happen.
pub fn recovered(of_read: f64, of_other: f64, patched: f64) -> f64 {
    (patched - of_read) / (of_other - of_read)
}
// ANCHOR_END: recovered

/// By how much the score of `one` is above that of `another` behind `position`, in scores `(seq, Vocab)`.
pub fn difference(scores: &[f32], vocabulary: usize, position: usize, one: usize, another: usize) -> f64 {
    let row = &scores[position * vocabulary..][..vocabulary];
    f64::from(row[one]) - f64::from(row[another])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hooks::stream_places;
    use crate::small::{far, model};

    const READ: [usize; 6] = [5, 0, 7, 3, 9, 5];
    const OTHER: [usize; 6] = [5, 2, 7, 3, 9, 5];

    #[test]
    fn the_whole_stream_of_another_text_gives_its_scores() {
        let model = model(1);
        let (kept, expected) = (Kept::of(&model, &OTHER, 1), hooked(&model, &OTHER, 1, |_, _| ()));
        for place in stream_places(2) {
            let patches: Vec<Patch> =
                (0..6).map(|position| Patch { place, position, head: None }).collect();
            assert!(far(&patched(&model, &READ, &kept, &patches), &expected) < 1e-4, "{place:?}");
        }
    }

    #[test]
    fn before_the_first_block_only_the_token_that_differs_carries_the_difference() {
        let model = model(2);
        let kept = Kept::of(&model, &OTHER, 1);
        let [read, other] = [READ, OTHER].map(|ids| hooked(&model, &ids, 1, |_, _| ()));
        for position in 0..6 {
            let patch = Patch { place: Place::Embedded, position, head: None };
            let scores = patched(&model, &READ, &kept, &[patch]);
            assert!(far(&scores, if position == 1 { &other } else { &read }) < 1e-4, "{position}");
        }
        let of = |scores: &[f32]| difference(scores, 12, 5, 3, 4);
        assert_eq!(recovered(of(&read), of(&other), of(&other)), 1.0);
        assert_eq!(recovered(of(&read), of(&other), of(&read)), 0.0);
    }

    #[test]
    fn a_patch_changes_nothing_before_its_position_and_one_of_all_heads_is_one_of_the_block() {
        let model = model(3);
        let kept = Kept::of(&model, &OTHER, 1);
        let read = hooked(&model, &READ, 1, |_, _| ());
        let of = |heads: &[Option<usize>]| {
            let patch = |&head| Patch { place: Place::Heads(0), position: 3, head };
            patched(&model, &READ, &kept, &heads.iter().map(patch).collect::<Vec<_>>())
        };
        let whole = of(&[None]);
        assert_eq!(whole[..3 * 12], read[..3 * 12]);
        assert!(far(&whole, &read) > 1e-3);
        assert_eq!(of(&[Some(0), Some(1)]), whole);
        assert!(far(&of(&[Some(1)]), &whole) > 1e-3, "one head is not both");
    }
}
